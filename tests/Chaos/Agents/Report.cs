using System.Globalization;

namespace Skytale.Chaos.Agents;

/// <summary>
/// What an agent tells its driver, a line each. A line is in the pipe before the next thing happens, so that what a killed
/// agent had told is known, and what it had not told counts for nothing.
/// </summary>
internal sealed class Report(TextWriter output)
{
    private readonly Lock _gate = new();

    /// <summary>Words that hold no space, but for the last.</summary>
    public void Say(params ReadOnlySpan<object> words)
    {
        var line = string.Join(' ', Texts(words));
        lock (_gate)
        {
            output.WriteLine(line);
            output.Flush();
        }
    }

    private static string[] Texts(ReadOnlySpan<object> words)
    {
        var texts = new string[words.Length];
        for (var i = 0; i < words.Length; i++)
            texts[i] = Convert.ToString(words[i], CultureInfo.InvariantCulture)!.ReplaceLineEndings(" ");
        return texts;
    }
}
