using System.CommandLine;
using Spectre.Console;

namespace Skytale.Cli.Terminal;

/// <summary>What a person is asked for when the command line does not say it; without a terminal that is wrong usage.</summary>
internal static class Ask
{
    public static readonly Option<string?> EmailOption = new("--email") { Description = "The account's e-mail address", HelpName = "ADDRESS" };

    public static readonly Option<string?> PasswordOption = new("--password") { Description = "The password; others on this machine can see it in the list of processes", HelpName = "TEXT" };

    public static readonly Option<bool> PasswordStdinOption = new("--password-stdin") { Description = "Read the password from the first line of standard input" };

    public static async Task<string> EmailAsync(ParseResult parsed, CancellationToken cancellationToken) =>
        parsed.GetValue(EmailOption) ?? await PromptAsync(new TextPrompt<string>("E-mail address:"), "--email ADDRESS", cancellationToken);

    public static async Task<string> PasswordAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(PasswordOption) is { } given)
            return given;
        return parsed.GetValue(PasswordStdinOption)
            ? await Console.In.ReadLineAsync(cancellationToken) ?? ""
            : await PromptAsync(new TextPrompt<string>("Password:").Secret(), "--password-stdin", cancellationToken);
    }

    private static Task<string> PromptAsync(TextPrompt<string> prompt, string option, CancellationToken cancellationToken) =>
        Console.IsInputRedirected || Console.IsOutputRedirected
            ? throw new CliException(ExitCode.Usage, $"{option} is missing.", "There is no terminal to ask at.")
            : prompt.ShowAsync(AnsiConsole.Console, cancellationToken);
}
