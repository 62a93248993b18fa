using System.CommandLine;
using Skytale.Cli.Configuration;
using Skytale.Cli.Terminal;

namespace Skytale.Cli;

/// <summary>One command: what it takes, examples for its help, and what it does.</summary>
internal abstract class CliCommand : Command
{
    protected CliCommand(string name, string description, params IReadOnlyList<string> examples)
        : base(name, description)
    {
        Examples = examples;
        SetAction(async (parsed, cancellationToken) =>
        {
            Output.Json = Settings.JsonOf(parsed);
            await RunAsync(parsed, cancellationToken);
            return ExitCode.Done;
        });
    }

    public IReadOnlyList<string> Examples { get; }

    /// <summary>Does it; whatever goes wrong is an exception that <see cref="Failures"/> describes.</summary>
    protected abstract Task RunAsync(ParseResult parsed, CancellationToken cancellationToken);
}
