using System.CommandLine;
using Skytale.Cli.Homes;
using Skytale.Protocol;
using Skytale.Sdk;

namespace Skytale.Cli;

/// <summary>One agent in the place of another in one channel.</summary>
/// <param name="By">The agent of this machine that did it.</param>
/// <param name="Error">Why it did not; null: it did.</param>
internal sealed record ChannelSwap(string Channel, string By, string? Error)
{
    /// <summary>Swaps in every channel that any other agent of this machine shares with the old one.</summary>
    public static async Task<IReadOnlyList<ChannelSwap>> EverywhereAsync(ParseResult parsed, Home home, AgentId old, LocalAgent replacement, CancellationToken cancellationToken)
    {
        var swaps = new Dictionary<string, ChannelSwap>(StringComparer.Ordinal);
        foreach (var folder in home.Agents.Where(folder => folder.Name != replacement.Name && folder.Read().AccountId is not null))
        {
            await using var session = await AgentSession.ConnectAsync(parsed, folder, cancellationToken);
            foreach (var channel in session.Agent.Channels)
            {
                var name = channel.Name.ToString();
                if (swaps.TryGetValue(name, out var done) && done.Error is null)
                    continue;
                await channel.CatchUpAsync(cancellationToken);
                if (channel.Members.Contains(old))
                    swaps[name] = new ChannelSwap(name, session.Name, await SwapAsync(channel, old, replacement.Id, cancellationToken));
            }
        }
        return [.. swaps.Values];
    }

    public override string ToString() => Error is null ? $"{Channel}: swapped by {By}" : $"{Channel}: {By} could not: {Error}";

    private static async Task<string?> SwapAsync(SkytaleChannel channel, AgentId old, AgentId replacement, CancellationToken cancellationToken)
    {
        try
        {
            await channel.RemoveMemberAsync(old, cancellationToken);
            await channel.AddMemberAsync(replacement, cancellationToken);
            return null;
        }
        catch (SkytaleException refused)
        {
            // Another agent of this machine may have the right that this one lacks.
            return refused.Message;
        }
    }
}
