using System.CommandLine;
using Skytale.Cli.Configuration;
using Spectre.Console;

namespace Skytale.Cli.Terminal;

/// <summary>What a person is asked for when the command line does not say it; without a terminal that is wrong usage.</summary>
internal static class Ask
{
    public static readonly Option<bool> Yes = new("--yes", "-y") { Description = "Do not ask whether to go on" };

    public static async Task<string> EmailAsync(ParseResult parsed, CancellationToken cancellationToken) =>
        Settings.Email.Of(parsed) ?? await PromptAsync("e-mail address", new TextPrompt<string>("E-mail address:"), "--email ADDRESS", cancellationToken);

    /// <summary>Whether to do what cannot be undone.</summary>
    /// <param name="what">A question that names its target.</param>
    /// <exception cref="CliException">No.</exception>
    public static async Task ConfirmAsync(ParseResult parsed, string what, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(Yes))
            return;
        var answer = await PromptAsync("confirmation", new TextPrompt<string>($"{Markup.Escape(Plain.OneLine(what))} (yes or no)").AddChoice("yes").AddChoice("no").HideChoices(), "--yes", cancellationToken);
        if (answer != "yes")
            throw new CliException(ExitCode.Failed, "Nothing was done.", "");
    }

    public static Task<string> SecretAsync(string name, string prompt, string option, CancellationToken cancellationToken) =>
        PromptAsync(name, new TextPrompt<string>(prompt).Secret(), option, cancellationToken);

    private static Task<string> PromptAsync(string name, TextPrompt<string> prompt, string option, CancellationToken cancellationToken) =>
        Console.IsInputRedirected || Console.IsOutputRedirected
            ? throw new CliException(ExitCode.Usage, $"The {name} is missing, and there is no terminal to ask at.", $"Add: {option}")
            : prompt.ShowAsync(AnsiConsole.Console, cancellationToken);
}
