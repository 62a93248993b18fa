using System.Text.Json;

namespace Skytale.MlsVectors.Running;

/// <summary>A case that did not hold; the file itself, when there is no index.</summary>
public sealed record CaseFailure(int? Index, string Reason);

/// <summary>A file's cases, one after the other.</summary>
public sealed class FileRun
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    private readonly SortedDictionary<uint, int> _suites = [];
    private readonly List<CaseFailure> _failures = [];

    private FileRun(string file) => File = file;

    public string File { get; }

    public int Passed { get; private set; }

    /// <summary>What failed, in the file's order.</summary>
    public IReadOnlyList<CaseFailure> Failures => _failures;

    /// <summary>Runs a file in the format that its name or content tells.</summary>
    /// <param name="progress">Called with the number of cases done and of all, before each.</param>
    public static FileRun Of(string file, ReadOnlyMemory<byte> content, Action<int, int>? progress = null) =>
        Of(file, content, (name, cases) => VectorFormat.Of(name, cases) is { } format ? format.Check : null, progress);

    /// <summary>A file that cannot be read: the failure is the file's, and the run goes on.</summary>
    public static FileRun Unreadable(string file, Exception why)
    {
        var run = new FileRun(file);
        run.Fail(null, $"not readable: {why.Message}");
        return run;
    }

    /// <summary>Runs a file's cases against one check.</summary>
    public static FileRun Of(string file, ReadOnlyMemory<byte> content, Action<JsonElement> check) => Of(file, content, (_, _) => check, null);

    /// <summary>The line about the file.</summary>
    public override string ToString()
    {
        var suites = _suites.Count == 0 ? "" : $" (suite: cases passed {string.Join(", ", _suites.Select(suite => $"{suite.Key}: {suite.Value}"))})";
        return $"{File}: {Passed} passed, {_failures.Count} failed{suites}";
    }

    private static FileRun Of(string file, ReadOnlyMemory<byte> content, Func<string, JsonElement, Action<JsonElement>?> checkOf, Action<int, int>? progress)
    {
        var run = new FileRun(file);
        try
        {
            // Some editors mark UTF-8 by three bytes in front, which are no JSON.
            using var document = JsonDocument.Parse(content.Span.StartsWith(ByteOrderMark) ? content[ByteOrderMark.Length..] : content);
            if (document.RootElement.ValueKind != JsonValueKind.Array)
                run.Fail(null, "no JSON array of cases");
            else if (document.RootElement.GetArrayLength() == 0)
                run.Fail(null, "no cases");
            else if (checkOf(file, document.RootElement) is not { } check)
                run.Fail(null, "in no known format: the name of a file tells its format");
            else
                run.RunAll(document.RootElement, check, progress);
        }
        catch (JsonException e)
        {
            run.Fail(null, $"not JSON: {e.Message}");
        }
        return run;
    }

    private void RunAll(JsonElement cases, Action<JsonElement> check, Action<int, int>? progress)
    {
        foreach (var (index, testCase) in cases.EnumerateArray().Index())
        {
            progress?.Invoke(index, cases.GetArrayLength());
            try
            {
                check(testCase);
                Passed++;

                // Formats without suites have no such member; one that is there all the same means nothing.
                if (testCase.TryGetProperty("cipher_suite", out var number) && number.ValueKind == JsonValueKind.Number && number.TryGetUInt32(out var suite))
                    _suites[suite] = _suites.GetValueOrDefault(suite) + 1;
            }
#pragma warning disable CA1031 // Whatever a damaged case makes the library throw is that case's failure, and the run goes on.
            catch (Exception e)
#pragma warning restore CA1031
            {
                Fail(index, e is VectorException or Skytale.Mls.MlsException ? e.Message : $"{e.GetType().Name}: {e.Message}");
            }
        }
    }

    private void Fail(int? index, string reason) => _failures.Add(new CaseFailure(index, reason.ReplaceLineEndings(" ")));
}
