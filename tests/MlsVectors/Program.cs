using Skytale.MlsVectors.Running;

if (args is not [var folder] || folder is "-h" or "--help")
    return Usage("usage: mls-vectors FOLDER");
if (!Directory.Exists(folder))
    return Usage($"mls-vectors: there is no folder {folder}");
var files = Directory.GetFiles(folder, "*.json").Order(StringComparer.Ordinal).ToArray();
if (files.Length == 0)
    return Usage($"mls-vectors: no *.json in {folder}");

var (passed, failed) = (0, 0);
foreach (var file in files)
{
    var name = Path.GetFileName(file);
    var progress = new Progress(name);
    var run = Run(file, name, progress);
    progress.Clear();
    Console.WriteLine(run);
    foreach (var failure in run.Failures)
        Console.WriteLine(failure.Index is { } index ? $"    case {index}: {failure.Reason}" : $"    {failure.Reason}");
    passed += run.Passed;
    failed += run.Failures.Count;
}
Console.WriteLine($"{passed} passed, {failed} failed");
return failed == 0 ? 0 : 1;

static FileRun Run(string file, string name, Progress progress)
{
    byte[] content;
    try
    {
        content = File.ReadAllBytes(file);
    }
    catch (Exception e) when (e is IOException or UnauthorizedAccessException)
    {
        return FileRun.Unreadable(name, e);
    }
    return FileRun.Of(name, content, progress.Show);
}

static int Usage(string text)
{
    Console.Error.WriteLine(text);
    return 2;
}
