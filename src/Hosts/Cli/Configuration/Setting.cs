using System.CommandLine;
using Skytale.Cli.Homes;

namespace Skytale.Cli.Configuration;

/// <summary>
/// One thing that can be said in three places. Which one counts is decided here and nowhere else: the command line, then the
/// environment, then a file of the home.
/// </summary>
/// <param name="option">Its option on the command line.</param>
/// <param name="flag">What the command line says of it; null: nothing.</param>
/// <param name="environment">Its variable; an empty one says nothing.</param>
/// <param name="place">Where in a home it is kept, in words; null: nowhere.</param>
/// <param name="file">What that file says.</param>
internal sealed class Setting(Option option, Func<ParseResult, string?> flag, string environment, string? place = null, Func<Home, string?>? file = null)
{
    public Option Option { get; } = option;

    public string Environment { get; } = environment;

    public string? Place { get; } = place;

    /// <summary>What is said of it; null: nothing, so its default holds.</summary>
    public string? Of(ParseResult parsed) => Of(parsed, System.Environment.GetEnvironmentVariable);

    /// <param name="variables">The environment.</param>
    public string? Of(ParseResult parsed, Func<string, string?> variables) =>
        flag(parsed) ?? (variables(Environment) is { Length: > 0 } set ? set : file?.Invoke(Home.Of(parsed)));
}
