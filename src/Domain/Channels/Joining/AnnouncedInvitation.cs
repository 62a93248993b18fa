using Skytale.Accounts;
using Skytale.Mls.Messages;
using Skytale.Protocol;

namespace Skytale.Channels;

/// <summary>An invitation as a member told the relay of it. What it is worth, members decide; here it only spares them requests in vain.</summary>
/// <param name="By">Whose limit it counts against.</param>
internal sealed class AnnouncedInvitation(AccountId by, DateTimeOffset expiresAt, uint uses)
{
    private readonly List<(AgentId Agent, Epoch Epoch)> _used = [];

    public AccountId By { get; } = by;

    public DateTimeOffset ExpiresAt { get; } = expiresAt;

    /// <summary>True once a member has said that it was revoked.</summary>
    public bool IsRevoked { get; private set; }

    public bool IsLive(DateTimeOffset now) => !IsRevoked && _used.Count < uses && now < ExpiresAt;

    public void Revoke() => IsRevoked = true;

    /// <summary>A commit has added an agent by it, in this epoch.</summary>
    public void Use(AgentId agent, Epoch epoch) => _used.Add((agent, epoch));

    /// <summary>The channel is in this epoch again: what was committed in it or later is void.</summary>
    public void GoBack(Epoch epoch) => _used.RemoveAll(use => use.Epoch >= epoch);
}
