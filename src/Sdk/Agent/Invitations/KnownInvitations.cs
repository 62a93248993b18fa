using System.Collections.Immutable;
using Skytale.Agent.Channels;
using Skytale.Groups;
using Skytale.Groups.Invitations;
using Skytale.Mls;
using Skytale.Mls.Codec;
using Skytale.Mls.Messages;
using Skytale.Groups.Roles;
using Skytale.Mls.PublicGroups;
using Skytale.Protocol;
using Skytale.Protocol.Frames;
using Skytale.Sdk;

namespace Skytale.Agent.Invitations;

/// <summary>
/// A channel's invitations as this member knows them: from the notices, and their uses from the commits. What changes is stored
/// at once; taking the same notice or commit a second time changes nothing. Used under the session's gate, but for <see cref="Live"/>.
/// </summary>
internal sealed class KnownInvitations
{
    /// <summary>Invitations of a channel that may still be used.</summary>
    public const int MaxLive = 64;

    /// <summary>With those that are over and remembered until they expire.</summary>
    private const int MaxKept = 4 * MaxLive;

    private readonly ChannelSession _session;
    private ImmutableDictionary<InvitationId, KnownInvitation> _known = ImmutableDictionary<InvitationId, KnownInvitation>.Empty;

    public KnownInvitations(ChannelSession session)
    {
        _session = session;
        session.Notices.Add(NoticeType.Invitation, notice => Take(notice.Body.Span));
        session.Notices.Add(NoticeType.Revocation, notice => Revoke(InvitationId.FromBytes(notice.Body.Span)));
    }

    /// <summary>Those that may still be used, by the time they end.</summary>
    public IReadOnlyList<KnownInvitation> Live => [.. _known.Values.Where(known => known.IsLive(Now)).OrderBy(known => known.ExpiresAt)];

    /// <summary>True when this agent has added somebody, who knows none of them yet.</summary>
    public bool AreToBeTold { get; set; }

    private DateTimeOffset Now => _session.Context.Time.GetUtcNow();

    /// <summary>Those that an earlier run has stored.</summary>
    /// <exception cref="MlsException">The store holds what is none.</exception>
    public void Restore()
    {
        foreach (var stored in _session.Context.Store.ReadInvitations(_session.Id))
        {
            using (stored)
            {
                var known = KnownInvitation.Decode(stored.Span);
                _known = _known.Add(known.Id, known);
            }
        }
    }

    public KnownInvitation? Find(InvitationId id) => _known.GetValueOrDefault(id);

    /// <summary>True while this agent may add members by them.</summary>
    public bool MayAdmit(PublicGroup group) => MayInvite(_session.Context.Identity.Id, group);

    /// <summary>Learns of an invitation from a member; of one that is known, who has used it and whether it was revoked.</summary>
    /// <exception cref="MlsException">It is none, or its inviter has not signed it for this channel.</exception>
    public void Take(ReadOnlySpan<byte> encoded)
    {
        var told = KnownInvitation.Decode(encoded);
        if (!told.IsGenuine(_session.Id))
        {
            told.Dispose();
            throw new MlsException(MlsError.InvalidSignature, "an invitation that its inviter has not signed for this channel");
        }
        Forget();
        if (_known.TryGetValue(told.Id, out var known))
            Merge(known, told);
        else if (told.ExpiresAt <= Now || (told.IsLive(Now) && Live.Count >= MaxLive))
            told.Dispose();
        else
            Keep(told);
    }

    /// <summary>Keeps one that this agent has made.</summary>
    /// <exception cref="SkytaleException">There are too many, or this agent is no member any more.</exception>
    public void Add(KnownInvitation known)
    {
        _session.ThrowIfNoMember();
        Forget();
        if (Live.Count >= MaxLive)
            throw new SkytaleException(SkytaleError.Refused, $"{_session.Name} has {MaxLive} invitations that may still be used.", "Revoke some first.", ErrorCode.LimitReached);
        Keep(known);
    }

    /// <summary>A member says that nobody joins by it any more.</summary>
    public void Revoke(InvitationId id)
    {
        if (Find(id) is not { IsRevoked: false } known)
            return;
        known.IsRevoked = true;
        Write(known);
    }

    /// <summary>A commit was followed: one that names an invitation has added one agent by it (<see cref="CommitRules"/>).</summary>
    public void Follow(DeliverCommit commit, PublicGroup before, PublicGroup after)
    {
        var content = Tls.Decode<MlsMessage>(new Opaque(commit.Commit)).PublicMessage!.Content;
        if (Admission.In(content.AuthenticatedData) is not { } admission || Find(admission.Invitation) is not { } known)
            return;
        var joined = OwnChanges.AgentsIn(after).Except(OwnChanges.AgentsIn(before)).Single();
        if (known.UsedBy.ContainsKey(joined))
            return;
        known.UsedBy = known.UsedBy.Add(joined, before.Epoch);
        Write(known);
    }

    /// <summary>The channel is in this epoch again: who was added by commits of it, or later ones, was not.</summary>
    public void GoBack(Epoch epoch)
    {
        foreach (var known in _known.Values.Where(known => known.UsedBy.Values.Any(used => used >= epoch)).ToList())
        {
            known.UsedBy = known.UsedBy.RemoveRange(known.UsedBy.Where(use => use.Value >= epoch).Select(use => use.Key));
            Write(known);
        }
    }

    /// <summary>Why this agent may not be added by an invitation now; null: it may. What is not known may be so still.</summary>
    public string? Judge(KnownInvitation known, AgentId joiner, PublicGroup group)
    {
        if (known.IsRevoked)
            return "the invitation was revoked";
        if (known.ExpiresAt <= Now)
            return "the invitation has expired";
        // Also once it was removed: a request that is sent again years later adds nobody.
        if (known.UsedBy.ContainsKey(joiner))
            return "this agent has joined by the invitation before";
        if (known.UsesLeft <= 0)
            return "the invitation is used up";
        if (known.For is { } invited && invited != joiner)
            return "the invitation is for another agent";
        return MayInvite(known.Inviter, group) ? null : "the inviter may not add members";
    }

    /// <summary>
    /// Forgets them all: after an absence in which messages went, one may have been revoked that this agent would honour.
    /// </summary>
    public void Clear()
    {
        if (_known.Count == 0)
            return;
        _session.Write(transaction =>
        {
            foreach (var id in _known.Keys)
                transaction.RemoveInvitation(_session.Id, id);
        });
        DisposeAll();
    }

    /// <summary>Zeroes their keys; the store has them.</summary>
    public void DisposeAll()
    {
        foreach (var known in _known.Values)
            known.Dispose();
        _known = _known.Clear();
    }

    /// <summary>True for whoever may add members in this epoch: invitations of others are not honoured.</summary>
    private static bool MayInvite(AgentId inviter, PublicGroup group) =>
        group.Members.Any(member => AgentLeaf.Named(member.Leaf.Credential) == inviter) && RoleRules.JudgeAdding(group.Context.Extensions, inviter) is null;

    private void Merge(KnownInvitation known, KnownInvitation told)
    {
        using (told)
        {
            var fresh = told.UsedBy.Where(use => !known.UsedBy.ContainsKey(use.Key)).ToList();
            if (fresh.Count == 0 && (known.IsRevoked || !told.IsRevoked))
                return;
            known.UsedBy = known.UsedBy.AddRange(fresh);
            known.IsRevoked |= told.IsRevoked;
        }
        Write(known);
    }

    private void Keep(KnownInvitation known)
    {
        _known = _known.Add(known.Id, known);
        Write(known);
    }

    private void Write(KnownInvitation known)
    {
        using var encoded = known.Encode();
        _session.Write(transaction => transaction.PutInvitation(_session.Id, known.Id, encoded));
        _session.SignalChange();
    }

    // Those that are revoked or used up are remembered until they expire, as far as there is room: a notice of them may come again.
    private void Forget()
    {
        var now = Now;
        var over = _known.Values.Where(known => known.ExpiresAt <= now).ToList();
        if (_known.Count - over.Count >= MaxKept)
            over.AddRange(_known.Values.Except(over).Where(known => !known.IsLive(now)).OrderBy(known => known.ExpiresAt).Take(1));
        foreach (var each in over)
        {
            _session.Write(transaction => transaction.RemoveInvitation(_session.Id, each.Id));
            _known = _known.Remove(each.Id);
            each.Dispose();
        }
    }
}
