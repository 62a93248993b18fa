using System.Security.Cryptography;
using Skytale.Agent.Keys;
using Skytale.Groups;
using Skytale.Mls;
using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Extensions;
using Skytale.Mls.Groups;
using Skytale.Mls.KeyPackages;
using Skytale.Mls.Messages;
using Skytale.Mls.Proposals;
using Skytale.Protocol;

namespace Skytale.Sdk;

/// <summary>
/// A group without a relay, for those who carry ciphertext themselves: it takes and gives bytes (MLSMessages of RFC 9420 §6)
/// and waits for nothing. Its state is the caller's, who gets it to store as often as it must not be lost. Not for concurrent use.
/// </summary>
/// <remarks>
/// <para>
/// The rule for crashes: <c>save</c> is called, and must have stored the state durably and encrypted when it returns, before anything is
/// given out that a lost state would make unsafe: the first of each 64 messages that are sealed (their keys are taken out of the
/// stored state together, so that no key is used twice), and each commit. What was opened since the last save can be opened again
/// after a crash. An old state must never be restored: keys would be used twice (§9.2).
/// </para>
/// <para>
/// The rule for order: one member's commit ends an epoch for all. Whoever carries them decides which of two is first; a member whose own
/// commit is first calls <see cref="Merge"/>, all others <see cref="Apply"/>. Messages are opened in the epoch that they were sealed in.
/// </para>
/// </remarks>
public sealed class SkytaleGroup : IDisposable
{
    private const int Block = 64;

    private readonly IdentityKey _identity;
    private readonly Action<ReadOnlyMemory<byte>> _save;
    private MlsGroup _group;
    private PendingCommit? _pending;

    internal SkytaleGroup(MlsGroup group, IdentityKey identity, Action<ReadOnlyMemory<byte>> save) => (_group, _identity, _save) = (group, identity, save);

    internal MlsGroup Group => _group;

    /// <summary>The epoch (§8).</summary>
    public ulong Epoch => _group.Epoch.Value;

    /// <summary>The members, each proved by the signature of its leaf.</summary>
    public IReadOnlyList<AgentId> Members => [.. _group.Public.Members.Select(member => AgentLeaf.Named(member.Leaf.Credential)!.Value)];

    /// <summary>What hides the size of what is sealed; not part of the state.</summary>
    public MessagePadding Padding { get; set; }

    /// <summary>A new group with this identity as its only member.</summary>
    /// <param name="identity">The caller's, who keeps it while the group lives.</param>
    /// <param name="save">Stores the state: see the type's remarks. The bytes are zeroed when it returns.</param>
    public static SkytaleGroup Create(IdentityKey identity, Action<ReadOnlyMemory<byte>> save)
    {
        using var leaf = KeyPackageBundle.Create(ChannelSuite.Default, identity.Keys, identity.Credential, AgentKeyPackages.OptionsFor(DateTimeOffset.UtcNow), RandomNumberGenerator.Fill);
        var id = new Opaque(RandomNumberGenerator.GetBytes(ChannelId.Size));
        return Begin(MlsGroup.Create(ChannelSuite.Default, id, identity.Keys, leaf, new ExtensionList(), RandomNumberGenerator.Fill), identity, save);
    }

    /// <summary>The group that a Welcome leads to.</summary>
    /// <param name="welcome">What <see cref="Add"/> gave.</param>
    /// <param name="keys">What <see cref="GroupKeys.Create"/> made; of no use afterwards, and for the caller to delete once <paramref name="save"/> was called.</param>
    /// <exception cref="SkytaleException"><see cref="SkytaleError.ProtocolViolation"/>: the Welcome is not valid, or not for these keys.</exception>
    public static SkytaleGroup Join(ReadOnlyMemory<byte> welcome, GroupKeys keys, IdentityKey identity, Action<ReadOnlyMemory<byte>> save) => Checked("Welcome", () =>
    {
        var message = Tls.Decode<MlsMessage>(Opaque.Copy(welcome.Span)).Welcome ?? throw new MlsException(MlsError.WrongWireFormat, "not a Welcome");
        var group = MlsGroup.Join(message, keys.Bundle, identity.Keys, new JoinOptions { Lifetimes = Lifetimes.WhenFollowing });
        if (CommitRules.JudgeTree(group.Public.Tree) is not { } refusal)
            return Begin(group, identity, save);
        group.Dispose();
        throw new MlsException(MlsError.CredentialRefused, refusal.Detail);
    });

    /// <summary>The group as it was saved last.</summary>
    /// <exception cref="SkytaleException"><see cref="SkytaleError.StoreCorrupt"/>.</exception>
    public static SkytaleGroup Restore(ReadOnlySpan<byte> state, IdentityKey identity, Action<ReadOnlyMemory<byte>> save)
    {
        try
        {
            var (group, pending) = RawState.Read(state, identity.Keys);
            return new SkytaleGroup(group, identity, save) { _pending = pending };
        }
        catch (MlsException e)
        {
            throw new SkytaleException(SkytaleError.StoreCorrupt, $"The group's state cannot be read: {e.Message}", "Restore the last state that was saved.", inner: e);
        }
    }

    /// <summary>A commit that adds an agent, and the Welcome by which it joins once the commit is first in its epoch.</summary>
    /// <param name="keyPackage">What the agent gave: <see cref="GroupKeys.Public"/>.</param>
    /// <param name="agent">Who it has to be of: an id that came from a person or a pin.</param>
    /// <exception cref="SkytaleException"><see cref="SkytaleError.ProtocolViolation"/>: it is not a valid KeyPackage of this agent.</exception>
    /// <exception cref="InvalidOperationException">Another commit of this member is pending.</exception>
    public (ReadOnlyMemory<byte> Commit, ReadOnlyMemory<byte> Welcome) Add(ReadOnlyMemory<byte> keyPackage, AgentId agent)
    {
        var validated = Checked("KeyPackage", () => Tls.Decode<MlsMessage>(Opaque.Copy(keyPackage.Span)).KeyPackage is { } read
            ? AgentKeyPackages.Validate(read, agent, DateTimeOffset.UtcNow)
            : throw new MlsException(MlsError.WrongWireFormat, "not a KeyPackage"));
        if (!validated.IsSuccess)
            throw new SkytaleException(SkytaleError.ProtocolViolation, validated.Refusal.Detail, "Ask the agent for another.");
        var pending = Commit(new AddProposal(validated.Value.KeyPackage));
        return (Tls.Encode(pending.Commit).Memory, Tls.Encode(new MlsMessage(pending.Welcome!)).Memory);
    }

    /// <summary>A commit that removes an agent: it can open nothing that is sealed behind it.</summary>
    /// <exception cref="SkytaleException"><see cref="SkytaleError.InvalidArgument"/>: it is no member.</exception>
    /// <exception cref="InvalidOperationException">Another commit of this member is pending.</exception>
    public ReadOnlyMemory<byte> Remove(AgentId agent)
    {
        foreach (var (index, leaf) in _group.Public.Members)
        {
            if (AgentLeaf.Identify(leaf) == agent && agent != _identity.Id)
                return Tls.Encode(Commit(new RemoveProposal(index)).Commit).Memory;
        }
        throw new SkytaleException(SkytaleError.InvalidArgument, $"{agent} is no other member of the group.", "");
    }

    /// <summary>A commit that gives this member new keys.</summary>
    /// <exception cref="InvalidOperationException">Another commit of this member is pending.</exception>
    public ReadOnlyMemory<byte> Update() => Tls.Encode(Commit().Commit).Memory;

    /// <summary>This member's own commit is the first of its epoch: the next begins.</summary>
    /// <exception cref="InvalidOperationException">No commit is pending.</exception>
    public void Merge() => Enter(_group.Merge(_pending ?? throw new InvalidOperationException("No commit is pending.")));

    /// <summary>Another member's commit is the first of its epoch: the next begins, and a pending commit of this member's is dropped.</summary>
    /// <returns>False when it removes this member: nothing more can be opened or sealed.</returns>
    /// <exception cref="SkytaleException"><see cref="SkytaleError.ProtocolViolation"/>: it is not valid here; nothing has changed.</exception>
    public bool Apply(ReadOnlyMemory<byte> commit) => Checked("commit", () =>
    {
        if (Tls.Decode<MlsMessage>(Opaque.Copy(commit.Span)).PublicMessage is not { } message)
            throw new MlsException(MlsError.WrongWireFormat, "a commit that is no PublicMessage");
        using var staged = _group.Process(message, new ProcessOptions { Lifetimes = Lifetimes.WhenFollowing });
        if (CommitRules.Judge(_group.Public, staged.Public) is { } refusal)
            throw new MlsException(MlsError.InvalidProposal, refusal.Detail);
        if (staged.RemovesMe)
            return false;
        Enter(_group.Merge(staged));
        return true;
    });

    /// <summary>Encrypts for the members of this epoch; its size is hidden as <see cref="Padding"/> says.</summary>
    public ReadOnlyMemory<byte> Seal(ReadOnlySpan<byte> content)
    {
        if (_group.ReservedGenerations == 0)
        {
            _group.ReserveGenerations(Block);
            Save();
        }
        var message = _group.Protect(content, [], Agent.Channels.Padding.SizeFor(Padding, content.Length), RandomNumberGenerator.Fill);
        return Tls.Encode(new MlsMessage(message)).Memory;
    }

    /// <summary>Decrypts another member's message of this epoch, once.</summary>
    /// <exception cref="SkytaleException"><see cref="SkytaleError.ProtocolViolation"/>: it is damaged, forged, of another epoch, was opened before, or is this member's own.</exception>
    public OpenedMessage Open(ReadOnlyMemory<byte> ciphertext) => Checked("message", () =>
    {
        if (Tls.Decode<MlsMessage>(Opaque.Copy(ciphertext.Span)).PrivateMessage is not { } message)
            throw new MlsException(MlsError.WrongWireFormat, "not a PrivateMessage");
        return new OpenedMessage(_group.Unprotect(message));
    });

    /// <summary>Saves the state now: what was opened before cannot be opened again by whoever gets it.</summary>
    public void Save()
    {
        using var state = RawState.Write(_group, _pending);
        _save(state.Memory);
    }

    /// <summary>Zeroes the keys of this epoch, and those of a commit that is pending; saves nothing.</summary>
    public void Dispose()
    {
        _pending?.Dispose();
        _group.Dispose();
    }

    private static SkytaleGroup Begin(MlsGroup group, IdentityKey identity, Action<ReadOnlyMemory<byte>> save)
    {
        var begun = new SkytaleGroup(group, identity, save);
        begun.Save();
        return begun;
    }

    private PendingCommit Commit(params Proposal[] proposals)
    {
        if (_pending is not null)
            throw new InvalidOperationException("A commit is pending: it is merged, or another's is applied, first.");
        _pending = _group.Commit(new CommitRequest { Proposals = [.. proposals], Lifetimes = Lifetimes.WhenAdding(DateTimeOffset.UtcNow) }, RandomNumberGenerator.Fill);
        Save();
        return _pending;
    }

    private void Enter(MlsGroup next)
    {
        _pending?.Dispose();
        _pending = null;
        _group.Dispose();
        _group = next;
        Save();
    }

    private static T Checked<T>(string what, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (MlsException e)
        {
            throw new SkytaleException(SkytaleError.ProtocolViolation, $"The {what} is refused: {e.Message}", "", inner: e);
        }
    }
}
