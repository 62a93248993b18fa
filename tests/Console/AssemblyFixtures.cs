using System.Runtime.Versioning;
using Skytale.Tests.Browser.Kit;
using Skytale.Tests.EndToEnd;

// Signals.
[assembly: SupportedOSPlatform("linux")]
[assembly: AssemblyFixture(typeof(ServerProcess))]
[assembly: AssemblyFixture(typeof(Chromium))]
