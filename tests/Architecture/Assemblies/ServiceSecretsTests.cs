using Skytale.Architecture.Tests.Projects;

namespace Skytale.Architecture.Tests.Assemblies;

/// <summary>The service never holds a secret of a group: what the server is composed of does not even name the types that do.</summary>
public sealed class ServiceSecretsTests
{
    private const string Mls = "Skytale.Mls";

    private static readonly string[] Namespaces = ["Skytale.Mls.Groups.", "Skytale.Mls.KeySchedule.", "Skytale.Mls.SecretTree."];

    private static readonly string[] Types =
    [
        "Skytale.Mls.Crypto.Secret",
        "Skytale.Mls.Crypto.SecretMemory",
        "Skytale.Mls.Crypto.Hpke",
        "Skytale.Mls.Crypto.HpkePrivateKey",
        "Skytale.Mls.Crypto.HpkeKeyPair",
        "Skytale.Mls.Crypto.SignaturePrivateKey",
        "Skytale.Mls.Crypto.SignatureKeyPair",
        "Skytale.Mls.KeyPackages.KeyPackageBundle",
        "Skytale.Mls.Messages.GroupSecrets",
        "Skytale.Mls.Tree.OwnPath",
        "Skytale.Mls.Tree.PathSecrets",
        "Skytale.Mls.Tree.TreePrivateKeys",
    ];

    public static TheoryData<string> ServiceSide =>
        [.. Project.All["Skytale.Server"].Closure(Project.All).Select(project => project.Name).Where(name => name != Mls).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(ServiceSide))]
    public void The_service_names_no_type_that_holds_a_secret(string project) =>
        Secrets(AssemblyUses.Read(Project.All[project].Assembly)).ShouldBeEmpty();

    [Fact]
    public void The_service_is_more_than_its_host() => ServiceSide.Count.ShouldBeGreaterThan(5);

    [Fact]
    public void Every_name_in_the_rule_is_one_of_Mls()
    {
        var known = AssemblyUses.TypesIn(Project.All[Mls].Assembly);
        Types.Except(known).ShouldBeEmpty();
        Namespaces.ShouldAllBe(prefix => known.Any(type => type.StartsWith(prefix, StringComparison.Ordinal)));
    }

    [Fact]
    public void A_service_that_holds_secrets_is_reported()
    {
        var reported = Secrets(AssemblyUses.Read(Fixtures.Assembly)).Select(use => use.Type).ToHashSet();
        reported.ShouldBe(
            [
                "Skytale.Mls.Crypto.Secret",
                "Skytale.Mls.Groups.MlsGroup",
                "Skytale.Mls.Crypto.HpkePrivateKey",
                "Skytale.Mls.Crypto.SignaturePrivateKey",
                "Skytale.Mls.SecretTree.Generation",
            ],
            ignoreOrder: true);
    }

    private static List<Use> Secrets(IEnumerable<Use> uses) =>
        [.. uses.Where(use => Types.Contains(use.Type) || Namespaces.Any(prefix => use.Type.StartsWith(prefix, StringComparison.Ordinal)))];
}
