using System.Text.Json;
using Microsoft.Extensions.AI;
using Skytale.Sdk;

namespace Skytale.Extensions.AI;

/// <summary>A channel as functions that a language model may call.</summary>
public static class SkytaleChannelExtensions
{
    /// <summary>
    /// Three functions: <c>send_message</c>, <c>receive_message</c> (which waits as long as the model says, 60 s at most) and
    /// <c>list_members</c>. No key passes through the model; what it sends and receives of course does.
    /// </summary>
    /// <param name="reader">The channel, with its place in it; the caller's to dispose. It must be the channel's only reader.</param>
    public static IReadOnlyList<AIFunction> AsAIFunctions(this MessageReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        return [new SendFunction(reader.Channel), new ReceiveFunction(reader), new MembersFunction(reader.Channel)];
    }

    /// <summary>As <see cref="AsAIFunctions(MessageReader)"/>, with a reader that lives as long as the channel.</summary>
    /// <param name="channel">A channel that nobody else enumerates.</param>
    public static IReadOnlyList<AIFunction> AsAIFunctions(this SkytaleChannel channel) => new MessageReader(channel).AsAIFunctions();

    internal static JsonElement Schema(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
