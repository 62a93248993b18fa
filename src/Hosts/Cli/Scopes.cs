using System.CommandLine;

namespace Skytale.Cli;

/// <summary>What keys and tokens shall allow.</summary>
internal static class Scopes
{
    public static readonly Option<string[]> Option = new("--scope")
    {
        Description = "What it shall allow, verb:pattern such as 'send:acme/news/*'; may be given several times [default: everything that is allowed to the one who asks]",
        HelpName = "SCOPE",
    };

    /// <summary>Null when the command line names none.</summary>
    public static IReadOnlyList<string>? Of(ParseResult parsed) => parsed.GetValue(Option) is { Length: > 0 } scopes ? scopes : null;
}
