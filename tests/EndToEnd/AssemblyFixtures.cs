using System.Runtime.Versioning;
using Skytale.Tests.EndToEnd;

// File modes, signals and /proc.
[assembly: SupportedOSPlatform("linux")]
[assembly: AssemblyFixture(typeof(ServerProcess))]
