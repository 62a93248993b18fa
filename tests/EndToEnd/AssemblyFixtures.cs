using Skytale.Tests.EndToEnd;

[assembly: AssemblyFixture(typeof(ServerProcess))]
