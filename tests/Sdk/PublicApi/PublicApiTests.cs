using System.Reflection;
using System.Xml.Linq;
using Skytale.Testing;

namespace Skytale.Tests.Sdk.PublicApi;

/// <summary>
/// What packages show to their users is a decision: it stands in a file, and differs from the file only until somebody has looked.
/// SKYTALE_ACCEPT_API=1 writes the files anew.
/// </summary>
public sealed class PublicApiTests
{
    public static TheoryData<string> Packages => ["Skytale.Agent", "Skytale.Extensions.AI", "Skytale.Mls", "Skytale.Protocol", "Skytale.Sdk", "Skytale.Sdk.Slim", "Skytale.Testing"];

    private static List<Assembly> Packed { get; } =
    [
        .. XDocument.Parse(Repository.Read("Directory.Build.props")).Descendants("SkytalePackages").Single().Value.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(Assembly.Load),
    ];

    [Theory]
    [MemberData(nameof(Packages))]
    public void Nothing_is_shown_that_nobody_has_decided(string package)
    {
        var path = Path.Combine(Repository.Root, "tests", "Sdk", "PublicApi", $"{package}.txt");
        var shown = ApiText.Of(Assembly.Load(package));
        if (Environment.GetEnvironmentVariable("SKYTALE_ACCEPT_API") == "1")
            File.WriteAllText(path, shown);
        var decided = File.Exists(path) ? File.ReadAllText(path) : "";
        var differences = decided.Split('\n').Except(shown.Split('\n')).Select(line => $"- {line}").Concat(shown.Split('\n').Except(decided.Split('\n')).Select(line => $"+ {line}"));
        if (shown != decided)
            Assert.Fail($"The public API of {package} is not the one in {path}. Where that is meant: SKYTALE_ACCEPT_API=1 writes it.\n{string.Join('\n', differences)}");
    }

    [Theory]
    [InlineData("Skytale.Agent", 95)]
    [InlineData("Skytale.Extensions.AI", 95)]
    [InlineData("Skytale.Sdk", 95)]
    [InlineData("Skytale.Sdk.Slim", 95)]
    [InlineData("Skytale.Testing", 95)]
    public void Public_members_have_a_docstring(string package, int percent)
    {
        var documents = Docstrings.Of(Path.ChangeExtension(Assembly.Load(package).Location, ".xml"));
        var members = ApiText.TypesOf(Assembly.Load(package)).Where(type => type.Namespace is { } space && (space.StartsWith("Skytale.Sdk", StringComparison.Ordinal) || package != "Skytale.Agent")).SelectMany(type => ApiText.MembersOf(type).Prepend(type)).ToList();
        var without = members.Where(member => !documents.Has(member)).Select(member => member is Type type ? type.FullName : $"{member.DeclaringType!.FullName}.{member.Name}").ToList();
        var share = 100.0 * (members.Count - without.Count) / members.Count;
        TestContext.Current.TestOutputHelper?.WriteLine($"{package}: {share:0.0} % of {members.Count}");
        share.ShouldBeGreaterThanOrEqualTo(percent, string.Join('\n', without));
    }

    [Fact]
    public void Every_assembly_that_is_packed_has_its_docstrings_beside_it()
    {
        Packed.Count.ShouldBeGreaterThan(10);
        Packed.Where(assembly => !File.Exists(Path.ChangeExtension(assembly.Location, ".xml"))).ShouldBeEmpty();
    }

    /// <summary>IsAotCompatible leaves its mark, and with it the analyzers ran, whose warnings are errors.</summary>
    [Fact]
    public void Every_assembly_that_is_packed_was_analyzed_for_trimming_and_compiling_ahead_of_time()
    {
        Packed.Where(assembly => !IsMarked(assembly)).ShouldBeEmpty();
        IsMarked(typeof(PublicApiTests).Assembly).ShouldBeFalse();
    }

    [Fact]
    public void A_member_without_a_docstring_is_seen()
    {
        var documents = new Docstrings("<doc><members><member name=\"M:Skytale.Tests.Sdk.PublicApi.Shown.Told\"><summary>x</summary></member></members></doc>");
        ApiText.MembersOf(typeof(Shown)).OfType<MethodInfo>().Where(documents.Has).Select(method => method.Name).ShouldBe(["Told"]);
        ApiText.Of(typeof(SkytaleTestServer).Assembly).ShouldContain("sealed class Skytale.Testing.SkytaleTestServer : System.IAsyncDisposable".Replace("System.", "", StringComparison.Ordinal));
    }

    private static bool IsMarked(Assembly assembly) => assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Any(mark => mark is { Key: "IsTrimmable", Value: "True" });
}

/// <summary>With a docstring and without, in the fixture above.</summary>
public static class Shown
{
    public static void Told()
    {
    }

    public static void Untold()
    {
    }
}
