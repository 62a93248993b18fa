using System.CommandLine.Completions;
using Skytale.Cli.Homes;

namespace Skytale.Cli.Completion;

/// <summary>What could come next on a command line.</summary>
internal static class Completions
{
    /// <summary>The words that the last one could become, each with what it is about.</summary>
    /// <param name="line">The command line as far as it is typed, the program's name first.</param>
    public static IReadOnlyList<(string Word, string? About)> Of(string line)
    {
        var program = line.IndexOf(' ', StringComparison.Ordinal);
        if (program < 0)
            return [];
        var said = line[(program + 1)..];
        var word = said[(said.LastIndexOf(' ') + 1)..];
        var parsed = CommandLine.Root().Parse(said);
        // Behind a word that is no command nothing is known.
        if (parsed.UnmatchedTokens.Any(unknown => unknown != word))
            return [];
        return [.. parsed.GetCompletions(said.Length)
            .Where(item => item.Label.StartsWith(word, StringComparison.Ordinal) && IsOffered(item.Label, word))
            .Select(item => (item.Label, item.Documentation ?? item.Detail))];
    }

    /// <summary>The agents of this machine.</summary>
    public static IEnumerable<CompletionItem> LocalAgents(CompletionContext context) =>
        Home.Of(context.ParseResult).Agents.Select(folder => new CompletionItem(folder.Name));

    // Options only to who has begun one, and under their long names: every command has a dozen.
    private static bool IsOffered(string label, string word) => word.StartsWith('-') ? label.StartsWith("--", StringComparison.Ordinal) : label[0] is not ('-' or '/');
}
