using Skytale.Architecture.Tests.Projects;

namespace Skytale.Architecture.Tests.Assemblies;

/// <summary>The domain does not wait, has no clock, no random source, and touches nothing outside the process.</summary>
public sealed class PureDomainTests
{
    private static readonly string[] Namespaces =
    [
        "System.Threading.", "System.Timers.", "System.Net.", "System.Data.", "Microsoft.Extensions.",
    ];

    private static readonly string[] Types =
    [
        "System.IO.File", "System.IO.FileInfo", "System.IO.FileStream", "System.IO.Directory", "System.IO.DirectoryInfo",
        "System.Console", "System.Random", "System.Diagnostics.Process", "System.Diagnostics.Stopwatch",
        "System.Security.Cryptography.RandomNumberGenerator",
    ];

    /// <summary>Exclusion and memory order: they keep state whole and wait for nobody outside.</summary>
    private static readonly string[] Exclusion =
    [
        "System.Threading.Lock", "System.Threading.Lock+Scope", "System.Threading.Monitor", "System.Threading.Interlocked", "System.Threading.Volatile",
    ];

    private static readonly string[] Members =
    [
        "System.DateTime.get_Now", "System.DateTime.get_UtcNow", "System.DateTime.get_Today",
        "System.DateTimeOffset.get_Now", "System.DateTimeOffset.get_UtcNow", "System.TimeProvider.get_System",
        "System.Guid.NewGuid", "System.Guid.CreateVersion7",
        "System.Threading.Monitor.Wait", "System.Threading.Monitor.Pulse", "System.Threading.Monitor.PulseAll",
        "System.Environment.get_TickCount", "System.Environment.get_TickCount64", "System.Environment.GetEnvironmentVariable", "System.Environment.get_MachineName",
    ];

    /// <summary>The transport interface and the framing over it wait for a peer; Batch spreads work over cores.</summary>
    private static readonly string[] ExemptFromWaiting =
    [
        "Skytale.Protocol.Transport.", "Skytale.Protocol.Frames.FrameReader", "Skytale.Protocol.Frames.FrameSender", "Skytale.Mls.Crypto.Batch",
    ];

    private static readonly string[] Waiting = ["System.Threading.", "System.Net.IPEndPoint", "System.Net.EndPoint"];

    public static TheoryData<string> Domain =>
        [.. Project.All.Values.Where(project => project.Folder.StartsWith("src/Domain/", StringComparison.Ordinal)).Select(project => project.Name).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Domain))]
    public void The_domain_is_pure(string project) => Impure(AssemblyUses.Read(Project.All[project].Assembly)).ShouldBeEmpty();

    [Fact]
    public void The_exempt_types_exist_and_need_it()
    {
        var uses = AssemblyUses.Read(Project.All["Skytale.Protocol"].Assembly).Concat(AssemblyUses.Read(Project.All["Skytale.Mls"].Assembly)).ToList();
        ExemptFromWaiting.ShouldAllBe(prefix => uses.Any(use => use.By.StartsWith(prefix, StringComparison.Ordinal) && IsWaiting(use)));
    }

    [Fact]
    public void A_domain_type_that_is_not_pure_is_reported()
    {
        var reported = Impure(AssemblyUses.Read(Fixtures.Assembly)).Select(use => use.Member is null ? use.Type : $"{use.Type}.{use.Member}").ToHashSet();
        foreach (var expected in new[]
                 {
                     "System.Threading.Tasks.Task", "System.IO.File", "System.Console", "System.DateTimeOffset.get_UtcNow", "System.Guid.NewGuid",
                     "System.Security.Cryptography.RandomNumberGenerator",
                 })
        {
            reported.ShouldContain(expected);
        }
    }

    private static List<Use> Impure(IEnumerable<Use> uses) => [.. uses.Where(use => IsImpure(use) && !(IsExempt(use.By) && IsWaiting(use)))];

    private static bool IsImpure(Use use) =>
        Types.Contains(use.Type)
        || Members.Contains($"{use.Type}.{use.Member}")
        || (Namespaces.Any(prefix => use.Type.StartsWith(prefix, StringComparison.Ordinal)) && !Exclusion.Contains(use.Type));

    private static bool IsExempt(string type) => ExemptFromWaiting.Any(prefix => type.StartsWith(prefix, StringComparison.Ordinal));

    private static bool IsWaiting(Use use) => Waiting.Any(prefix => use.Type.StartsWith(prefix, StringComparison.Ordinal));
}
