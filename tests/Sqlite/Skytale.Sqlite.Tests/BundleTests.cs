using System.Diagnostics;
using System.Reflection;

namespace Skytale.Tests;

/// <summary>
/// Another SQLite in the same process, before ours and after ours: the store is encrypted or it does not open. Each case
/// is a process of its own, because the SQLite provider is global to one.
/// </summary>
public sealed class BundleTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact(Timeout = 60_000)]
    public async Task Without_our_loader_the_bundle_ignores_the_key_and_writes_plaintext()
    {
        (await Probe("bundle-only")).ShouldBe("stored");
        StoreHoldsTheMarkerInClear().ShouldBeTrue();
    }

    [Theory(Timeout = 60_000)]
    [InlineData("bundle-first")]
    [InlineData("bundle-after")]
    [InlineData("bundle-forced-after")]
    public async Task With_the_bundle_in_the_process_the_store_is_encrypted(string order)
    {
        (await Probe(order)).ShouldBe("stored");
        StoreHoldsTheMarkerInClear().ShouldBeFalse();
        File.ReadAllBytes(_folder.File("store.db")).AsSpan(0, 16).SequenceEqual("SQLite format 3\0"u8).ShouldBeFalse();
    }

    [Fact(Timeout = 60_000)]
    public async Task With_a_database_of_the_bundle_still_open_the_store_does_not_open()
    {
        (await Probe("bundle-first-still-open")).ShouldBe("AnotherSqliteInUse");
        File.Exists(_folder.File("store.db")).ShouldBeFalse();
    }

    private bool StoreHoldsTheMarkerInClear() =>
        Directory.GetFiles(_folder.Path, "store.db*").Any(file => File.ReadAllBytes(file).AsSpan().IndexOf("the-marker-in-clear"u8) >= 0);

    private async Task<string> Probe(string order)
    {
        var path = typeof(BundleTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "BundleProbe").Value!;
        using var process = Process.Start(new ProcessStartInfo("dotnet", [path, _folder.Path, order])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        using var registration = TestContext.Current.CancellationToken.Register(() => process.Kill());
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.ExitCode.ShouldBe(0, await errors);
        return (await output).Trim();
    }
}
