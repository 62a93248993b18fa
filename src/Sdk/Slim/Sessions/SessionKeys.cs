using System.Security.Cryptography;
using System.Text;
using Skytale.Mls;
using Skytale.Mls.Codec;
using Skytale.Mls.Credentials;
using Skytale.Mls.Crypto;
using Skytale.Mls.Extensions;
using Skytale.Mls.Groups;
using Skytale.Mls.KeyPackages;
using Skytale.Mls.Messages;
using Skytale.Mls.Proposals;
using Skytale.Mls.Tree;
using Skytale.Protocol.Envelopes;

namespace Skytale.Sdk.Slim.Sessions;

/// <summary>
/// The MLS group of one encrypted session: suite 2, basic credentials that hold identity tokens, all commits by the
/// moderator, numbered from 1. All members may be called concurrently.
/// </summary>
internal sealed class SessionKeys(SlimIdentity identity, TimeProvider time) : IDisposable
{
    /// <summary>The longest lifetime of a participant's key package: SLIM's applications make them for a year.</summary>
    private static readonly TimeSpan LongestLifetime = TimeSpan.FromDays(400);

    private static readonly TimeSpan OwnLifetime = TimeSpan.FromDays(30);

    /// <summary>How far others' clocks may differ.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private readonly PastEpochs _past = new();
    private KeyPackageBundle? _bundle;
    private MlsGroup? _group;
    private string? _moderator;
    private uint _lastCommit;
    private bool _disposed;

    /// <summary>The epoch; null while there is no group.</summary>
    public ulong? Epoch
    {
        get
        {
            lock (_gate)
                return _group?.Epoch.Value;
        }
    }

    /// <summary>The number of the commit that led to the epoch.</summary>
    public uint LastCommit
    {
        get
        {
            lock (_gate)
                return _lastCommit;
        }
    }

    /// <summary>True for a participant who is in the group.</summary>
    public bool Has(SlimNameId id)
    {
        lock (_gate)
            return Group.Public.Members.Any(member => IdOf(member.Leaf) == id);
    }

    /// <summary>Creates the group, with this agent alone in it.</summary>
    public void Create()
    {
        lock (_gate)
        {
            using var leaf = NewBundle();
            var groupId = Opaque.Copy(RandomNumberGenerator.GetBytes(16));
            _group = MlsGroup.Create(SlimIdentity.Suite, groupId, identity.Keys, leaf, ExtensionList.Empty, RandomNumberGenerator.Fill);
        }
    }

    /// <summary>What a moderator adds this agent by; the same one until it is used.</summary>
    public byte[] KeyPackage()
    {
        lock (_gate)
        {
            _bundle ??= NewBundle();
            return Encode(new MlsMessage(_bundle.KeyPackage));
        }
    }

    /// <summary>Enters the group by the moderator's Welcome, or enters it again.</summary>
    /// <param name="commit">The number of the commit that the Welcome belongs to.</param>
    /// <exception cref="MlsException">What is wrong with it.</exception>
    public void Join(ReadOnlyMemory<byte> welcome, uint commit, SlimPeer moderator)
    {
        lock (_gate)
        {
            if (_bundle is null || Decode(welcome).Welcome is not { } parsed)
                throw new MlsException(MlsError.WrongWireFormat, "not the Welcome to a key package of this session");
            var joined = MlsGroup.Join(parsed, _bundle, identity.Keys, new JoinOptions { Accept = Accept }, out var info);
            if (SubjectAt(joined, info.Signer) != moderator.Subject || (_group is { } before && (before.GroupId != joined.GroupId || before.Epoch >= joined.Epoch)))
            {
                joined.Dispose();
                throw new MlsException(MlsError.WelcomeMismatch, "not the moderator's, or not of this session's group");
            }
            if (_group is not null)
                Leave(_group);
            (_group, _lastCommit, _moderator) = (joined, commit, moderator.Subject);
            _bundle.Dispose();
            _bundle = null;
        }
    }

    /// <summary>Adds a participant by its key package; this agent is in the new epoch at once.</summary>
    /// <exception cref="MlsException">What is wrong with the key package.</exception>
    public (uint Number, byte[] Commit, byte[] Welcome) Add(ReadOnlyMemory<byte> keyPackage, SlimPeer peer)
    {
        lock (_gate)
        {
            var (number, commit, welcome) = Commit(AddOf(keyPackage, peer));
            return (number, commit, welcome!);
        }
    }

    /// <summary>Takes a participant in again that has fallen behind: its leaf goes and another comes, in one commit.</summary>
    /// <param name="before">Who it was when it was added.</param>
    /// <exception cref="MlsException">It is not in the group, or what is wrong with the key package.</exception>
    public (uint Number, byte[] Commit, byte[] Welcome) Readmit(ReadOnlyMemory<byte> keyPackage, SlimPeer peer, SlimPeer before)
    {
        lock (_gate)
        {
            var (number, commit, welcome) = Commit(RemoveOf(before), AddOf(keyPackage, peer));
            return (number, commit, welcome!);
        }
    }

    /// <summary>Removes a participant.</summary>
    /// <exception cref="MlsException">It is not in the group.</exception>
    public (uint Number, byte[] Commit) Remove(SlimPeer peer)
    {
        lock (_gate)
        {
            var (number, commit, _) = Commit(RemoveOf(peer));
            return (number, commit);
        }
    }

    /// <summary>Follows the moderator's commits in their order.</summary>
    /// <param name="change">What the message around it says that it does.</param>
    /// <returns>False when it was taken before.</returns>
    /// <exception cref="MlsException">What is wrong with it; <see cref="MlsError.WrongEpoch"/> where one before it is missing.</exception>
    public bool Take(uint number, ReadOnlyMemory<byte> commit, GroupChange change)
    {
        lock (_gate)
        {
            if (number <= _lastCommit)
                return false;
            if (number != _lastCommit + 1)
                throw new MlsException(MlsError.WrongEpoch, $"commit {number} follows {_lastCommit}");
            Process(commit, change);
            return true;
        }
    }

    /// <summary>Encrypts an application's payload.</summary>
    public byte[] Protect(ReadOnlySpan<byte> payload, ReadOnlySpan<byte> authenticatedData)
    {
        lock (_gate)
            return Encode(new MlsMessage(Group.Protect(payload, authenticatedData, paddingTo: 0, RandomNumberGenerator.Fill)));
    }

    /// <summary>Decrypts what a participant sent, of this epoch or the last few.</summary>
    /// <param name="from">Who says to have sent it.</param>
    /// <param name="header">What the message's header makes of the authenticated data.</param>
    /// <exception cref="MlsException">It does not open, or it is not from whom it says.</exception>
    public byte[] Unprotect(ReadOnlyMemory<byte> content, SlimPeer from, ReadOnlySpan<byte> header)
    {
        lock (_gate)
        {
            var message = Decode(content).PrivateMessage ?? throw new MlsException(MlsError.WrongWireFormat, "not an encrypted message");
            using var opened = message.Epoch == Group.Epoch ? Group.Unprotect(message) : _past.Unprotect(message);
            if (!opened.AuthenticatedData.Span.SequenceEqual(header))
                throw new MlsException(MlsError.InvalidSignature, "the header is not the one that was sent");
            if (Subject(opened.Credential) != from.Subject)
                throw new MlsException(MlsError.CredentialRefused, "the sender is another");
            return opened.Plaintext.Span.ToArray();
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _group?.Dispose();
            _group = null;
            _bundle?.Dispose();
            _bundle = null;
            _past.Dispose();
        }
    }

    private MlsGroup Group =>
        _disposed ? throw new SlimException(SlimError.SessionClosed, "The session has ended.")
        : _group ?? throw new MlsException(MlsError.WrongEpoch, "there is no group yet");

    private AddProposal AddOf(ReadOnlyMemory<byte> keyPackage, SlimPeer peer)
    {
        var parsed = Decode(keyPackage).KeyPackage ?? throw new MlsException(MlsError.WrongWireFormat, "not a key package");
        if (!parsed.LeafNode.SignatureKey.Value.Span.SequenceEqual(peer.PublicKey.Span))
            throw new MlsException(MlsError.CredentialRefused, "the key package is another's");
        return new AddProposal(ValidatedKeyPackage.Validate(parsed, time.GetUtcNow() + ClockSkew, LongestLifetime, Accept).KeyPackage);
    }

    private RemoveProposal RemoveOf(SlimPeer peer)
    {
        foreach (var (index, leaf) in Group.Public.Members)
        {
            if (leaf.SignatureKey.Value.Span.SequenceEqual(peer.PublicKey.Span))
                return new RemoveProposal(index);
        }
        throw new MlsException(MlsError.UnknownSender, "nobody in the group has that key");
    }

    private (uint Number, byte[] Commit, byte[]? Welcome) Commit(params Proposal[] proposals)
    {
        using var pending = Group.Commit(new CommitRequest { Proposals = [.. proposals], Accept = Accept }, RandomNumberGenerator.Fill);
        Enter(Group.Merge(pending));
        return (_lastCommit, Encode(pending.Commit), pending.Welcome is { } welcome ? Encode(new MlsMessage(welcome)) : null);
    }

    /// <summary>
    /// The header is signed, what it carries is not: so the commit itself must be the moderator's, and do what is said of it.
    /// </summary>
    private void Process(ReadOnlyMemory<byte> commit, GroupChange change)
    {
        using var staged = Group.Process(Decode(commit), new ProcessOptions { Accept = Accept });
        if (staged.Public.IsExternal || SubjectAt(Group, staged.Public.Committer) != _moderator)
            throw new MlsException(MlsError.CredentialRefused, "the commit is not the moderator's");
        if (!change.IsMadeBy([.. staged.Public.Added.Select(added => IdOf(added.KeyPackage.LeafNode))], [.. staged.Public.Removed.Select(removed => IdOf(removed.Leaf))]))
            throw new MlsException(MlsError.CredentialRefused, "the commit does something else than is said of it");
        if (staged.RemovesMe)
            _lastCommit++;
        else
            Enter(Group.Merge(staged));
    }

    private void Enter(MlsGroup next)
    {
        Leave(Group);
        _group = next;
        _lastCommit++;
    }

    private void Leave(MlsGroup group)
    {
        _past.Add(group);
        group.Dispose();
    }

    private KeyPackageBundle NewBundle()
    {
        var now = time.GetUtcNow();
        var credential = new BasicCredential(Opaque.Copy(Encoding.UTF8.GetBytes(identity.Token(now))));
        var options = new KeyPackageOptions
        {
            Capabilities = Capabilities.Basic(SlimIdentity.Suite.Id),
            Lifetime = Lifetime.Between(now - ClockSkew, now + OwnLifetime),
        };
        return KeyPackageBundle.Create(SlimIdentity.Suite, identity.Keys, credential, options, RandomNumberGenerator.Fill);
    }

    /// <summary>
    /// §5.3.1: a credential is a token that names the leaf's key. Tokens expire in an hour and groups live longer: only
    /// whoever comes in anew must show one that is valid now.
    /// </summary>
    private bool Accept(CredentialQuestion question)
    {
        var isNew = question.Event is CredentialEvent.KeyPackage or CredentialEvent.Add;
        return question.Credential is BasicCredential basic
            && identity.Verify(Encoding.UTF8.GetString(basic.Identity.Span), isNew ? time.GetUtcNow() : null) is { } peer
            && peer.PublicKey.Span.SequenceEqual(question.SignatureKey.Value.Span)
            && (question.Previous is null || Subject(question.Previous) == peer.Subject);
    }

    private string? Subject(Credential credential) =>
        credential is BasicCredential basic ? identity.SubjectOf(Encoding.UTF8.GetString(basic.Identity.Span)) : null;

    private string? SubjectAt(MlsGroup group, LeafIndex leaf) => group.Public.Tree[leaf] is { } node ? Subject(node.Credential) : null;

    private SlimNameId? IdOf(LeafNode leaf) => Subject(leaf.Credential) is { } subject ? SlimNameId.OfText(subject) : null;

    private static byte[] Encode(MlsMessage message) => Tls.Encode(message).Memory.ToArray();

    private static MlsMessage Decode(ReadOnlyMemory<byte> bytes) => Tls.Decode<MlsMessage>(new Opaque(bytes));
}
