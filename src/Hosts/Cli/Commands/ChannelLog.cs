using System.CommandLine;
using Skytale.Cli.Terminal;

namespace Skytale.Cli.Commands;

/// <summary>What the relay holds of a channel, fetched by a member: ciphertext and handshakes as they are on the wire.</summary>
internal sealed class ChannelLog : CliCommand
{
    private const int BytesShown = 24;

    private readonly Option<bool> _raw = new("--raw") { Description = "As the relay holds it: sequence, kind, size, and the first bytes in hexadecimal (of a message: of its ciphertext)" };

    public ChannelLog()
        : base(
            "log", "Show what the relay holds of a channel; it has no more than this.",
            "skytale channel log acme/demo/hello --raw --agent alice")
    {
        Arguments.Add(Shared.Channel);
        Options.Add(_raw);
        Options.Add(Shared.Agent);
        Validators.Add(result =>
        {
            if (!result.GetValue(_raw))
                result.AddError("--raw is missing: the relay has nothing but raw entries.");
        });
    }

    protected override async Task RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var session = await AgentSession.ConnectAsync(parsed, cancellationToken);
        var channel = await session.ChannelAsync(parsed, cancellationToken);
        var rows = new List<Row>();
        await foreach (var entry in channel.ReadRawAsync(cancellationToken))
        {
            var shown = RawEntries.Ciphertext(entry);
            rows.Add(new Row(entry.Sequence.Value, entry.Kind, entry.Bytes.Length, Convert.ToHexStringLower(shown[..Math.Min(BytesShown, shown.Length)])));
        }
        Output.List(
            rows,
            ("sequence", row => $"{row.Sequence}"),
            ("kind", row => row.Kind),
            ("size", row => $"{row.Size} bytes"),
            ("first bytes (of a message: of its ciphertext)", row => row.FirstBytes));
    }

    private sealed record Row(ulong Sequence, string Kind, int Size, string FirstBytes);
}
