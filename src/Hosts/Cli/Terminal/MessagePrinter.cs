using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Skytale.Cli.Homes;
using Skytale.Sdk;

namespace Skytale.Cli.Terminal;

/// <summary>Received messages, a line each: <c>sequence sender text</c>, or a JSON object.</summary>
internal sealed class MessagePrinter(Home home)
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly KnownAgents _known = new(home);

    public void Print(Message message)
    {
        var text = TextOf(message.Content);
        Output.Line(Output.Json ? Json(message, text) : $"{message.Sequence} {_known.NameOf(message.Sender)} {Shown(message, text)}");
    }

    /// <summary>The text of messages that are text, without the line end that a pipe leaves.</summary>
    private static string Shown(Message message, string? text) =>
        text is null ? $"({message.Content.Length} bytes)" : Plain.OneLine(text.EndsWith('\n') ? text[..^1] : text);

    private static string Json(Message message, string? text)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Readable))
        {
            writer.WriteStartObject();
            writer.WriteNumber("sequence", message.Sequence.Value);
            writer.WriteString("sender", message.Sender.ToString());
            if (text is not null)
                writer.WriteString("text", text);
            else
                writer.WriteBase64String("content_base64", message.Content);
            writer.WriteBoolean("redelivered", message.Redelivered);
            writer.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }

    private static string? TextOf(ReadOnlySpan<byte> content)
    {
        try
        {
            return Utf8.GetString(content);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
