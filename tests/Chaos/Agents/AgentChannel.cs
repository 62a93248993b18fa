using System.Security.Cryptography;
using Skytale.Sdk;

namespace Skytale.Chaos.Agents;

/// <summary>One stay of an agent in a channel: it sends numbered messages, shows what comes, and tells both.</summary>
internal sealed class AgentChannel(SkytaleChannel channel, Load load, Report report)
{
    /// <summary>Returns when the agent has been removed and has shown everything.</summary>
    public async Task RunAsync()
    {
        using var removed = new CancellationTokenSource();
        // Nobody forges here: what cannot be opened was encrypted under a key that was used before.
        channel.MessageRejected += (_, rejected) => report.Say("failed", "-", "read", channel.Name, rejected.Sequence, rejected.Reason);
        var sending = SendAsync(removed.Token);
        await ShowAsync();
        await removed.CancelAsync();
        await sending;
        if (channel.Session.IsSuperseded)
            report.Say("superseded", channel.Name);
        else
            report.Say("removed", channel.Name, channel.Session.Received);
    }

    private async Task ShowAsync()
    {
        await foreach (var message in channel.Messages)
        {
            try
            {
                var number = BitConverter.ToUInt64(message.Content);
                report.Say("shown", channel.Name, message.Sequence, message.Sender, number, HashOf(message.Content), message.Redelivered ? "again" : "new", message.Key);
                if (!load.Sometimes(4))
                    continue; // Moving on acknowledges.
                await message.AcknowledgeAsync();
                report.Say("acknowledged", channel.Name, message.Sequence);
            }
            finally
            {
                if (!load.Keep(message))
                    message.Dispose();
            }
        }
    }

    private async Task SendAsync(CancellationToken removed)
    {
        while (!removed.IsCancellationRequested)
        {
            try
            {
                await load.BeginAsync(removed);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            var (number, content, pause) = load.Next();
            try
            {
                report.Say("sending", channel.Name, number, HashOf(content));
                var (_, sequence) = await channel.SendAsync(content, removed);
                report.Say("accepted", channel.Name, number, sequence);
            }
            catch (Exception e) when (e is OperationCanceledException || (e is SkytaleException { Error: SkytaleError.NotAMember }))
            {
                return;
            }
            catch (SkytaleException e)
            {
                report.Say("unsent", channel.Name, number, $"{e.Error} {e.Refusal} {e.Message}");
            }
            finally
            {
                load.End();
            }
            await Task.Delay(pause, CancellationToken.None);
        }
    }

    private static string HashOf(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 12));
}
