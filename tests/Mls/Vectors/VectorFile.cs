using System.Text.Json;
using Skytale.Mls.Crypto;
using Skytale.MlsVectors.Running;

namespace Skytale.Mls.Tests.Vectors;

/// <summary>
/// One file of the MLS working group's test vectors. They are data of others and not in this repository: the folder is
/// named by SKYTALE_MLS_VECTORS, or is shared/vectors/mls beside the checkout. Without it a test is skipped, and says so.
/// </summary>
internal sealed class VectorFile
{
    private const string Variable = "SKYTALE_MLS_VECTORS";

    private VectorFile(string name, byte[] content)
    {
        Name = name + ".json";
        Content = content;
    }

    /// <summary>With the extension.</summary>
    public string Name { get; }

    public byte[] Content { get; }

    /// <summary>Opens a file by its name without the extension, or skips the test.</summary>
    public static VectorFile Open(string name)
    {
        var path = Path.Combine(Folder(), name + ".json");
        if (!File.Exists(path))
            Assert.Skip($"{path} is not there: set {Variable} to the folder test-vectors of github.com/mlswg/mls-implementations");
        return new VectorFile(name, File.ReadAllBytes(path));
    }

    /// <summary>The cases of some suites: a part of what another test runs as a whole.</summary>
    public VectorFile OfSuites(params CipherSuiteId[] suites)
    {
        using var document = JsonDocument.Parse(Content);
        var chosen = document.RootElement.EnumerateArray().Where(testCase => suites.Contains(VectorFormat.SuiteOf(testCase).Id));
        return new VectorFile(Path.GetFileNameWithoutExtension(Name), JsonSerializer.SerializeToUtf8Bytes(chosen));
    }

    /// <summary>Every case passes the check for its suite; what ran is written to the test's output.</summary>
    public void ForEachSuite(Action<JsonElement, CipherSuite> check) => ForEach(testCase => check(testCase, VectorFormat.SuiteOf(testCase)));

    /// <summary>The same for a file that knows no suites.</summary>
    public void ForEach(Action<JsonElement> check)
    {
        var run = FileRun.Of(Name, Content, check);
        TestContext.Current.TestOutputHelper?.WriteLine(run.ToString());
        run.Failures.ShouldBeEmpty();
        run.Passed.ShouldBeGreaterThan(0);
    }

    private static string Folder()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
            return named;
        var checkout = new DirectoryInfo(AppContext.BaseDirectory);
        while (checkout is not null && !File.Exists(Path.Combine(checkout.FullName, "Skytale.sln")))
            checkout = checkout.Parent;
        return Path.Combine(checkout?.Parent?.FullName ?? AppContext.BaseDirectory, "shared", "vectors", "mls");
    }
}
