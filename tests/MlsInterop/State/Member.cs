using Skytale.Mls.Codec;
using Skytale.Mls.Framing;
using Skytale.Mls.Groups;
using Skytale.Mls.Messages;
using Skytale.Mls.Proposals;

namespace Skytale.MlsInterop.State;

/// <summary>An actor in a group. Its id stays the same from epoch to epoch.</summary>
internal sealed class Member : IDisposable
{
    // Messages of earlier epochs may still arrive: as many are readable.
    private const int PastEpochs = 8;

    private readonly Queue<MlsGroup> _past = new();
    private readonly Dictionary<Opaque, ProposalRef> _proposals = [];
    private PendingCommit? _pending;
    private int _holders = 1;

    public Member(Actor actor, MlsGroup group, bool encryptHandshake)
    {
        Actor = actor;
        Group = group;
        EncryptHandshake = encryptHandshake;
        Psks.Keep(group);
    }

    public Actor Actor { get; }

    /// <summary>The present epoch.</summary>
    public MlsGroup Group { get; private set; }

    public bool EncryptHandshake { get; }

    public Psks Psks { get; } = new();

    /// <summary>How this member's proposals and commits travel.</summary>
    public FramingOptions Framing => new() { WireFormat = EncryptHandshake ? WireFormat.PrivateMessage : WireFormat.PublicMessage };

    /// <summary>The own commit that waits to be applied.</summary>
    public PendingCommit Pending
    {
        get => _pending ?? throw Refused.NotNow("there is no pending commit");
        set
        {
            _pending?.Dispose();
            _pending = value;
        }
    }

    public Opaque EpochAuthenticator
    {
        get
        {
            using var authenticator = Group.EpochAuthenticator;
            return Opaque.Copy(authenticator.Span);
        }
    }

    /// <summary>The bytes of an own proposal, which can be named later though it cannot be decrypted.</summary>
    public Opaque Sent(SentProposal proposal)
    {
        var message = Tls.Encode(proposal.Message);
        _proposals[message] = proposal.Reference;
        return message;
    }

    /// <summary>What names a proposal of this epoch. The runner hands each over whenever a commit names it, and what is encrypted opens once.</summary>
    public ProposalRef Reference(Opaque message)
    {
        if (!_proposals.TryGetValue(message, out var reference))
            _proposals[message] = reference = Group.Receive(Tls.Decode<MlsMessage>(message));
        return reference;
    }

    public bool IsOwnCommit(Opaque message) => _pending is not null && Tls.Encode(_pending.Commit) == message;

    /// <summary>The own commit was accepted.</summary>
    public void ApplyPending() => Advance(Group.Merge(Pending));

    /// <summary>Goes on to the next epoch; an own commit that lost is dropped.</summary>
    public void Advance(MlsGroup next)
    {
        _past.Enqueue(Group);
        if (_past.Count > PastEpochs)
            _past.Dequeue().Dispose();
        Group = next;
        Psks.Keep(next);
        _proposals.Clear();
        _pending?.Dispose();
        _pending = null;
    }

    /// <summary>The group as it was in a message's epoch; the present one when it is not kept, which says what is wrong.</summary>
    public MlsGroup At(Epoch epoch) => _past.FirstOrDefault(group => group.Epoch == epoch) ?? Group;

    /// <summary>The same member for another who disposes it as well: it lives as long as one of them holds it.</summary>
    public Member Share()
    {
        _holders++;
        return this;
    }

    public void Dispose()
    {
        if (--_holders > 0)
            return;
        _pending?.Dispose();
        Group.Dispose();
        foreach (var group in _past)
            group.Dispose();
        Psks.Dispose();
        Actor.Dispose();
    }
}
