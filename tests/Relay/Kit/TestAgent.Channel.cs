using System.Security.Cryptography;
using System.Text;
using Skytale.Groups;
using Skytale.Mls.Codec;
using Skytale.Mls.Extensions;
using Skytale.Mls.Groups;
using Skytale.Mls.KeyPackages;
using Skytale.Mls.Messages;
using Skytale.Mls.Proposals;
using Skytale.Mls.Tree;
using Skytale.Protocol;
using Skytale.Protocol.Frames;

namespace Skytale.Relay.Tests.Kit;

// The agent in its one channel.
internal sealed partial class TestAgent
{
    private readonly List<KeyPackageBundle> _bundles = [];
    private readonly HashSet<Sequence> _sent = [];
    private MlsGroup? _group;

    public MlsGroup Group
    {
        get => _group ?? throw new InvalidOperationException("In no channel.");
        set
        {
            _group?.Dispose();
            _group = value;
        }
    }

    public ChannelId ChannelId { get; private set; }

    /// <summary>The last entry that was processed here.</summary>
    public Sequence Position { get; private set; }

    /// <summary>What CreateChannel sends, for a group of its own.</summary>
    public (GroupCreation Creation, KeyPackageBundle Bundle) NewCreation(string name, byte[]? groupId = null)
    {
        var bundle = NewBundle();
        _bundles.Add(bundle);
        ChannelName.TryParse(name, out var channelName).ShouldBeTrue();
        var id = Opaque.Copy(groupId ?? RandomNumberGenerator.GetBytes(ChannelId.Size));
        return (MlsGroup.CreateWithWelcome(id, bundle, Signer, ChannelExtension.ListFor(channelName, Id), RandomNumberGenerator.Fill), bundle);
    }

    public static Func<RequestId, CreateChannel> RequestOf(string name, GroupCreation creation) =>
        request => new CreateChannel(request, NameOf(name), Encode(new MlsMessage(creation.GroupInfo)), Encode(new MlsMessage(creation.Welcome)));

    public static ChannelName NameOf(string name) => ChannelName.TryParse(name, out var parsed) ? parsed : throw new ArgumentException(name, nameof(name));

    public async Task CreateChannelAsync(string name)
    {
        var (creation, bundle) = NewCreation(name);
        var created = await Connection.AskAsync<ChannelCreated>(RequestOf(name, creation));
        created.ChannelId.Bytes.ToArray().ShouldBe(creation.GroupInfo.GroupContext.GroupId.Span.ToArray());
        Group = MlsGroup.Join(Decode(created.Welcome).Welcome!, bundle, Signer, new JoinOptions());
        ChannelId = created.ChannelId;
    }

    public Task<KeyPackageStored> UploadAsync(Func<KeyPackageOptions, KeyPackageOptions>? change = null)
    {
        var bundle = NewBundle(change);
        _bundles.Add(bundle);
        return Connection.AskAsync<KeyPackageStored>(UploadOf(bundle));
    }

    public static Func<RequestId, UploadKeyPackage> UploadOf(KeyPackageBundle bundle) =>
        request => new UploadKeyPackage(request, Encode(new MlsMessage(bundle.KeyPackage)));

    public static KeyPackageOptions LastResort(KeyPackageOptions options) =>
        options with { Extensions = new ExtensionList(new Extension(ExtensionType.LastResort, Opaque.Empty)) };

    /// <summary>A KeyPackage of another agent, from the relay.</summary>
    public async Task<KeyPackage> ClaimAsync(TestAgent other) =>
        Decode((await Connection.AskAsync<MemberKeyPackage>(request => new AddMember(request, ChannelId, other.Id))).KeyPackage).KeyPackage!;

    public PendingCommit Commit(params Proposal[] proposals) =>
        Group.Commit(new CommitRequest { Proposals = [.. proposals], ForcePath = true }, RandomNumberGenerator.Fill);

    public Func<RequestId, SendCommit> RequestOf(PendingCommit pending, GroupInfo? groupInfo = null) => request => new SendCommit(
        request, ChannelId, Encode(pending.Commit), Encode(new MlsMessage(groupInfo ?? pending.GroupInfo)),
        pending.Welcome is { } welcome ? new SendWelcome(Encode(new MlsMessage(welcome))) : null);

    /// <summary>Commits and goes on to the next epoch.</summary>
    public async Task<Sequence> CommitAsync(params Proposal[] proposals)
    {
        using var pending = Commit(proposals);
        var accepted = await Connection.AskAsync<Accepted>(RequestOf(pending));
        Group = Group.Merge(pending);
        Position = accepted.Sequence;
        return accepted.Sequence;
    }

    /// <summary>After a commit of its own that it sent by hand.</summary>
    public void MoveTo(Sequence position) => Position = position;

    public async Task<Sequence> AddAsync(TestAgent other) => await CommitAsync(new AddProposal(await ClaimAsync(other)));

    public Task<Sequence> RemoveAsync(TestAgent other) => CommitAsync(new RemoveProposal(LeafOf(other)));

    public LeafIndex LeafOf(TestAgent other) => Group.Public.Members.Single(member => AgentLeaf.Identify(member.Leaf) == other.Id).Index;

    /// <summary>Enters the channel by the next Welcome and acknowledges it.</summary>
    public async Task<DeliverWelcome> JoinAsync()
    {
        var delivered = await Connection.NextWelcomeAsync();
        var welcome = Decode(delivered.Welcome).Welcome!;
        var bundle = _bundles.Single(bundle => welcome.SecretsFor(bundle.KeyPackage.Reference(ChannelSuite.Default)) is not null);
        Group = MlsGroup.Join(welcome, bundle, Signer, new JoinOptions());
        Group.GroupId.Span.SequenceEqual(delivered.ChannelId.Bytes.Span).ShouldBeTrue();
        (ChannelId, Position) = (delivered.ChannelId, delivered.Sequence);
        await Connection.SendAsync(new AcknowledgeWelcome(delivered.ChannelId, delivered.Sequence));
        return delivered;
    }

    public ReadOnlyMemory<byte> Encrypt(string text) =>
        Encode(new MlsMessage(Group.Protect(Encoding.UTF8.GetBytes(text), default, 64, RandomNumberGenerator.Fill)));

    public async Task<Sequence> SendAsync(string text)
    {
        var ciphertext = Encrypt(text);
        var accepted = await Connection.AskAsync<Accepted>(request => new SendMessage(request, ChannelId, NewMessageId(), ciphertext));
        _sent.Add(accepted.Sequence);
        return accepted.Sequence;
    }

    public static MessageId NewMessageId() => MessageId.FromBytes(RandomNumberGenerator.GetBytes(MessageId.Size));

    /// <summary>Decrypts a message.</summary>
    public string Read(DeliverMessage message)
    {
        using var read = Group.Unprotect(Decode(message.Ciphertext).PrivateMessage!);
        Position = message.Sequence;
        return Encoding.UTF8.GetString(read.Plaintext.Span);
    }

    /// <summary>Follows another member's commit.</summary>
    public void Follow(DeliverCommit commit)
    {
        using var staged = Group.Process(Decode(commit.Commit).PublicMessage!);
        Position = commit.Sequence;
        if (!staged.RemovesMe)
            Group = Group.Merge(staged);
    }

    public Task<TestDelivery> SubscribeAsync() => Connection.SubscribeAsync(ChannelId, Position);

    /// <summary>Follows everything up to the newest entry, on a stream of its own; returns the texts of others that were in it.</summary>
    public async Task<List<string>> CatchUpAsync()
    {
        var texts = new List<string>();
        var delivery = await SubscribeAsync();
        var last = (await delivery.NextAsync<Subscribed>()).Last;
        while (Position < last)
        {
            switch (await delivery.NextAsync())
            {
                case DeliverMessage own when _sent.Contains(own.Sequence):
                    Position = own.Sequence;
                    break;
                case DeliverMessage message:
                    texts.Add(Read(message));
                    break;
                case DeliverCommit commit:
                    Follow(commit);
                    break;
                case DeliverApplied applied:
                    Position = applied.Sequence;
                    break;
                case var other:
                    throw new ShouldAssertException($"{other} was delivered");
            }
        }
        await delivery.DisposeAsync();
        return texts;
    }
}
