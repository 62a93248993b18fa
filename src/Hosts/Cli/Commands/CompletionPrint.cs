using System.CommandLine;
using Skytale.Cli.Terminal;

namespace Skytale.Cli.Commands;

/// <summary>The script with which a shell completes this program's command lines.</summary>
internal sealed class CompletionPrint : CliCommand
{
    private readonly Argument<string> _shell = new("shell") { Description = "bash, zsh or fish" };

    public CompletionPrint()
        : base(
            "completion", "Print a script with which a shell completes commands, options and names of agents.",
            "source <(skytale completion bash)",
            "skytale completion zsh > ~/.zfunc/_skytale",
            "skytale completion fish > ~/.config/fish/completions/skytale.fish")
        => Arguments.Add(_shell.AcceptOnlyFromAmong("bash", "zsh", "fish"));

    protected override Task RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var shell = parsed.GetValue(_shell)!;
        using var resource = typeof(CompletionPrint).Assembly.GetManifestResourceStream($"skytale.{shell}")!;
        using var reader = new StreamReader(resource);
        var script = reader.ReadToEnd().TrimEnd('\n');
        Output.Show(new { Shell = shell, Script = script }, script);
        return Task.CompletedTask;
    }
}
