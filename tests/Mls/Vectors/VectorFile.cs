using System.Text.Json;
using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;

namespace Skytale.Mls.Tests.Vectors;

/// <summary>
/// One file of the MLS working group's test vectors. They are data of others and not in this repository: the folder is
/// named by SKYTALE_MLS_VECTORS, or is shared/vectors/mls beside the checkout. Without it a test is skipped, and says so.
/// </summary>
internal sealed class VectorFile
{
    private const string Variable = "SKYTALE_MLS_VECTORS";

    private readonly string _name;
    private readonly JsonDocument _document;

    private VectorFile(string name, JsonDocument document)
    {
        _name = name;
        _document = document;
    }

    /// <summary>Opens a file by its name without the extension, or skips the test.</summary>
    public static VectorFile Open(string name)
    {
        var path = Path.Combine(Folder(), name + ".json");
        if (!File.Exists(path))
            Assert.Skip($"{path} is not there: set {Variable} to the folder test-vectors of github.com/mlswg/mls-implementations");
        return new VectorFile(name, JsonDocument.Parse(File.ReadAllBytes(path)));
    }

    /// <summary>Runs every case whose suite is implemented, and writes to the test's output what ran and what did not.</summary>
    public void ForEachSuite(Action<JsonElement, CipherSuite> check)
    {
        var passed = new SortedDictionary<int, int>();
        var notImplemented = new SortedDictionary<int, int>();
        foreach (var (index, testCase) in _document.RootElement.EnumerateArray().Index())
        {
            var number = testCase.GetProperty("cipher_suite").GetInt32();
            if (CipherSuite.All.TryGetValue((CipherSuiteId)number, out var suite))
            {
                Run(index, () => check(testCase, suite));
                passed[number] = passed.GetValueOrDefault(number) + 1;
            }
            else
            {
                notImplemented[number] = notImplemented.GetValueOrDefault(number) + 1;
            }
        }
        passed.ShouldNotBeEmpty();
        Report($"{passed.Values.Sum()} passed (suite: cases {Listed(passed)})", notImplemented.Count == 0 ? "" : $", suites not implemented yet: {Listed(notImplemented)}");
    }

    /// <summary>Runs every case of a file that knows no suites.</summary>
    public void ForEach(Action<JsonElement> check)
    {
        var count = 0;
        foreach (var testCase in _document.RootElement.EnumerateArray())
            Run(count++, () => check(testCase));
        count.ShouldBeGreaterThan(0);
        Report($"{count} passed", "");
    }

    private void Run(int index, Action check)
    {
        try
        {
            check();
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"{_name}.json, case {index}: {e.Message}", e);
        }
    }

    private void Report(string passed, string rest) => TestContext.Current.TestOutputHelper?.WriteLine($"{_name}.json: {passed}{rest}");

    private static string Listed(SortedDictionary<int, int> counts) => string.Join(", ", counts.Select(count => $"{count.Key}: {count.Value}"));

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

/// <summary>Fields of a case.</summary>
internal static class VectorFields
{
    /// <summary>A hexadecimal string's bytes.</summary>
    public static Opaque Bytes(this JsonElement element) => new(Convert.FromHexString(element.GetString()!));

    /// <summary>The bytes of a hexadecimal member.</summary>
    public static Opaque Bytes(this JsonElement element, string name) => element.GetProperty(name).Bytes();

    /// <summary>The bytes of a hexadecimal member, as a secret.</summary>
    public static Secret SecretOf(this JsonElement element, string name) => Secret.Copy(element.Bytes(name).Span);

    public static string Text(this JsonElement element, string name) => element.GetProperty(name).GetString()!;

    public static int Number(this JsonElement element, string name) => element.GetProperty(name).GetInt32();

    public static uint UInt32(this JsonElement element, string name) => element.GetProperty(name).GetUInt32();

    public static IEnumerable<JsonElement> List(this JsonElement element, string name) => element.GetProperty(name).EnumerateArray();
}
