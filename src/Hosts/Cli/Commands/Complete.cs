using System.CommandLine;
using Skytale.Cli.Completion;
using Skytale.Cli.Terminal;

namespace Skytale.Cli.Commands;

/// <summary>What the shells' scripts ask: a line for each word that could come next, with what it is about behind a tab.</summary>
internal sealed class Complete : CliCommand
{
    private readonly Argument<string> _line = new("line") { Description = "The command line up to the cursor" };

    public Complete()
        : base("complete", "Tell a shell what could come next.")
    {
        Hidden = true;
        Arguments.Add(_line);
    }

    protected override Task RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        foreach (var (word, about) in Completions.Of(parsed.GetValue(_line)!))
            Output.Line($"{Plain.OneLine(word)}\t{Plain.OneLine(about ?? "")}");
        return Task.CompletedTask;
    }
}
