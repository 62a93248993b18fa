using System.Runtime.Versioning;
using Skytale.Tests.EndToEnd;

// File modes and signals.
[assembly: SupportedOSPlatform("linux")]
[assembly: AssemblyFixture(typeof(ServerProcess))]
