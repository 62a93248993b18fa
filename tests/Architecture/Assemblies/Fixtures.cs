namespace Skytale.Architecture.Tests.Assemblies;

/// <summary>The compiled code that breaks the rules.</summary>
internal static class Fixtures
{
    public static string Assembly => Repository.AssemblyOf("Skytale.Architecture.Fixtures", "Skytale.Architecture.Fixtures");
}
