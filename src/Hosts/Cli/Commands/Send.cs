using System.CommandLine;
using Skytale.Cli.Terminal;

namespace Skytale.Cli.Commands;

/// <summary>Sends one message.</summary>
internal sealed class Send : CliCommand
{
    private readonly Argument<string?> _text = new("text") { Description = "The message; left out: standard input to its end, byte for byte", Arity = ArgumentArity.ZeroOrOne };

    private readonly Option<FileInfo?> _file = new("--file", "-f") { Description = "Send what this file holds, byte for byte", HelpName = "FILE" };

    public Send()
        : base(
            "send", "Send a message to a channel; prints its sequence number.",
            "skytale send acme/demo/hello \"Hello, Bob\" --agent alice",
            "skytale send acme/demo/hello --file report.json --agent alice",
            "skytale send acme/demo/hello --agent alice < report.json")
    {
        Arguments.Add(Shared.Channel);
        Arguments.Add(_text);
        Options.Add(_file);
        Options.Add(Shared.Agent);
        Validators.Add(result =>
        {
            if (result.GetValue(_file) is not null && result.GetValue(_text) is not null)
                result.AddError("Give a text or --file, not both.");
            if (result.GetValue(_file) is { Exists: false } missing)
                result.AddError($"There is no file {missing.FullName}.");
        });
    }

    protected override async Task RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var session = await AgentSession.ConnectAsync(parsed, cancellationToken);
        var channel = await session.ChannelAsync(parsed, cancellationToken);
        var sent = parsed.GetValue(_text) is { } text
            ? await channel.SendAsync(text, cancellationToken)
            : await channel.SendAsync(await ContentAsync(parsed.GetValue(_file), cancellationToken), cancellationToken);
        Output.Show(new { Channel = channel.Name.ToString(), Sequence = sent.Sequence.Value }, sent.Sequence.ToString());
    }

    private static async Task<ReadOnlyMemory<byte>> ContentAsync(FileInfo? file, CancellationToken cancellationToken) =>
        file is null ? await StandardInputAsync(cancellationToken) : await File.ReadAllBytesAsync(file.FullName, cancellationToken);

    private static async Task<ReadOnlyMemory<byte>> StandardInputAsync(CancellationToken cancellationToken)
    {
        if (!Console.IsInputRedirected)
            Output.Remark("Type the message; Ctrl+D on a line of its own sends it.");
        using var content = new MemoryStream();
        await using var input = Console.OpenStandardInput();
        await input.CopyToAsync(content, cancellationToken);
        return content.GetBuffer().AsMemory(0, (int)content.Length);
    }
}
