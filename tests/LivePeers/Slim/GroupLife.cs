using Skytale.LivePeers.Tests.Peers;

namespace Skytale.LivePeers.Tests.Slim;

/// <summary>What a group goes through, whatever proxies are between its members.</summary>
internal static class GroupLife
{
    /// <summary>The members are invited in their order; the last but one is removed.</summary>
    public static async Task RunAsync(string name, SessionKind kind, SlimApplication moderator, params SlimApplication[] members)
    {
        var sessions = new Dictionary<SlimApplication, int> { [moderator] = await moderator.OpenGroupAsync(name, kind) };
        foreach (var member in members)
        {
            var invited = member.ListenAsync();
            await moderator.InviteAsync(sessions[moderator], member.Name);
            sessions[member] = await invited;
            await SayAsync(sessions, moderator, $"welcome {member.Name}");
        }
        foreach (var speaker in sessions.Keys)
            await SayAsync(sessions, speaker, $"everybody hears {speaker.Name}");

        var removed = members[^2];
        await moderator.RemoveAsync(sessions[moderator], removed.Name);
        sessions.Remove(removed, out var left);
        foreach (var speaker in sessions.Keys)
            await SayAsync(sessions, speaker, $"{speaker.Name} says so without {removed.Name}");
        var end = await Should.ThrowAsync<PeerException>(removed.ReceiveAsync(left));
        end.Message.ShouldContain("session closed", customMessage: "and nothing of what was said without it");
    }

    /// <summary>One says it, all others hear it from this one.</summary>
    private static async Task SayAsync(Dictionary<SlimApplication, int> sessions, SlimApplication speaker, string text)
    {
        await speaker.PublishAsync(sessions[speaker], text);
        foreach (var (listener, session) in sessions)
        {
            if (listener == speaker)
                continue;
            var got = await listener.ReceiveAsync(session);
            (got.Text, got.Source).ShouldBe((text, speaker.Name));
        }
    }
}
