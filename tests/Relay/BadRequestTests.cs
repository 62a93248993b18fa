using System.Security.Cryptography;
using Skytale.Channels;
using Skytale.Groups;
using Skytale.Mls;
using Skytale.Mls.Codec;
using Skytale.Mls.Groups;
using Skytale.Mls.Messages;
using Skytale.Mls.Tree;
using Skytale.Protocol;
using Skytale.Protocol.Frames;
using Skytale.Relay.Tests.Kit;

namespace Skytale.Relay.Tests;

/// <summary>Requests that are refused: creation, messages, KeyPackages, subscriptions. The connection stays, and so does the channel.</summary>
public sealed class BadRequestTests : IAsyncLifetime
{
    private const int Timeout = 60_000;
    private TestRelay _relay = null!;
    private TestAgent[] _members = [];
    private TestAgent _outsider = null!;

    public async ValueTask InitializeAsync()
    {
        _relay = await TestRelay.StartAsync(new ChannelLimits { KeyPackagesPerAgent = 3, ChannelsPerAgent = 2, BytesPerChannel = 64 << 10 });
        _members = await _relay.ChannelOfAsync(2);
        _outsider = await _relay.ConnectAgentAsync("elsewhere");
    }

    public async ValueTask DisposeAsync()
    {
        await _members[0].SendAsync("the channel works");
        (await _members[1].CatchUpAsync()).ShouldBe(["the channel works"]);
        _relay.Log.Lines.ShouldBeEmpty("a refusal is no fault of the connection");
        await _relay.DisposeAsync();
    }

    [Fact(Timeout = Timeout)]
    public async Task A_name_of_anothers_org_or_one_that_is_taken_is_refused()
    {
        await _outsider.Connection.RefusedAsync(ErrorCode.NameNotOwned, TestAgent.RequestOf("org/team/mine", _outsider.NewCreation("org/team/mine").Creation));
        await _members[1].Connection.RefusedAsync(ErrorCode.ChannelNameTaken, TestAgent.RequestOf("org/team/room", _members[1].NewCreation("org/team/room").Creation));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_group_that_is_not_the_creators_own_first_epoch_is_refused()
    {
        const string name = "elsewhere/team/room";
        var (creation, _) = _outsider.NewCreation(name);
        await RefusedAsync(creation, ErrorCode.InvalidGroupInfo, "elsewhere/team/other");
        await RefusedAsync(_outsider.NewCreation(name, groupId: [1, 2, 3]).Creation, ErrorCode.InvalidGroupInfo);
        await RefusedAsync(_members[0].NewCreation(name).Creation, ErrorCode.InvalidGroupInfo);
        await RefusedAsync(creation with { GroupInfo = creation.GroupInfo with { Signature = Opaque.Copy(new byte[64]) } }, ErrorCode.InvalidGroupInfo);
        await RefusedAsync(Signed(creation, creation.GroupInfo.GroupContext with { Epoch = new Epoch(1) }), ErrorCode.InvalidGroupInfo);
        await RefusedAsync(Signed(creation, creation.GroupInfo.GroupContext with { TreeHash = Opaque.Copy(new byte[32]) }), ErrorCode.InvalidGroupInfo);
        await RefusedAsync(creation with { Welcome = creation.Welcome with { Secrets = [] } }, ErrorCode.InvalidWelcome);
        await RefusedAsync(creation with { Welcome = creation.Welcome with { Secrets = [.. creation.Welcome.Secrets, .. creation.Welcome.Secrets] } }, ErrorCode.InvalidWelcome);
        await _outsider.Connection.RefusedAsync(ErrorCode.InvalidGroupInfo, request => new CreateChannel(request, TestAgent.NameOf(name), new byte[] { 1, 2, 3 }, Bytes(creation.Welcome)));
        await _outsider.Connection.RefusedAsync(ErrorCode.InvalidGroupInfo, request => new CreateChannel(request, TestAgent.NameOf(name), Bytes(creation.Welcome), Bytes(creation.Welcome)));
        // And the honest one is taken.
        await _outsider.Connection.AskAsync<ChannelCreated>(TestAgent.RequestOf(name, creation));

        Task<Refused> RefusedAsync(GroupCreation bad, ErrorCode code, string asked = name) => _outsider.Connection.RefusedAsync(code, TestAgent.RequestOf(asked, bad));
    }

    [Fact(Timeout = Timeout)]
    public async Task An_agent_is_in_so_many_channels_and_no_more()
    {
        await _members[0].Connection.AskAsync<ChannelCreated>(TestAgent.RequestOf("org/team/two", _members[0].NewCreation("org/team/two").Creation));
        await _members[0].Connection.RefusedAsync(ErrorCode.LimitReached, TestAgent.RequestOf("org/team/three", _members[0].NewCreation("org/team/three").Creation));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_message_by_a_non_member_is_refused() =>
        await _outsider.Connection.RefusedAsync(ErrorCode.NotAMember, Message(_members[0].Encrypt("let me in")));

    [Fact(Timeout = Timeout)]
    public async Task A_message_of_a_past_epoch_is_refused_with_the_current_one()
    {
        var late = _members[1].Encrypt("late");
        await _members[0].CommitAsync();
        (await _members[1].Connection.RefusedAsync(ErrorCode.StaleEpoch, Message(late))).CurrentEpoch.ShouldBe(_members[0].Group.Epoch.Value);
        // Encrypted anew, under the same id or another, it goes.
        await _members[1].CatchUpAsync();
        await _members[1].SendAsync("in time");
        (await _members[0].CatchUpAsync()).ShouldBe(["in time"]);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_message_that_is_not_one_is_refused()
    {
        var (other, bundle) = _outsider.NewCreation("elsewhere/team/room");
        using var elsewhere = MlsGroup.Join(other.Welcome, bundle, _outsider.Signer, new JoinOptions());
        var foreign = TestAgent.Encode(new MlsMessage(elsewhere.Protect("hello"u8, default, 0, RandomNumberGenerator.Fill)));
        using var pending = _members[0].Commit();
        foreach (var bad in new[] { foreign, new byte[] { 1, 2, 3 }, default, TestAgent.Encode(pending.Commit), _members[0].Encrypt("cut")[..^1] })
            await _members[0].Connection.RefusedAsync(ErrorCode.InvalidMessage, Message(bad));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_corrupted_ciphertext_passes_the_relay_and_fails_at_the_members_who_read_on()
    {
        // The relay has no key to see it with; what it must do is keep the order for what follows.
        var corrupted = _members[0].Encrypt("corrupted").ToArray();
        corrupted[^1] ^= 1;
        await _members[0].Connection.AskAsync<Accepted>(Message(corrupted));
        await _members[0].SendAsync("intact");
        var delivery = await _members[1].SubscribeAsync();
        await delivery.NextAsync<Subscribed>();
        var bad = await delivery.NextAsync<DeliverMessage>();
        Should.Throw<MlsException>(() => _members[1].Read(bad)).Error.ShouldBe(MlsError.DecryptionFailed);
        _members[1].Read(await delivery.NextAsync<DeliverMessage>()).ShouldBe("intact");
    }

    [Fact(Timeout = Timeout)]
    public async Task Key_packages_that_cannot_be_the_agents_are_refused()
    {
        var connection = _outsider.Connection;
        await connection.RefusedAsync(ErrorCode.InvalidKeyPackage, TestAgent.UploadOf(_members[0].NewBundle()));
        await connection.RefusedAsync(ErrorCode.InvalidKeyPackage, request => new UploadKeyPackage(request, new byte[] { 1, 2, 3 }));
        var now = _relay.Time.GetUtcNow();
        foreach (var lifetime in new[] { Lifetime.Between(now.AddDays(-2), now.AddDays(-1)), Lifetime.Between(now.AddDays(1), now.AddDays(2)), Lifetime.Between(now.AddDays(-1), now.AddDays(365)) })
            await connection.RefusedAsync(ErrorCode.InvalidKeyPackage, TestAgent.UploadOf(_outsider.NewBundle(options => options with { Lifetime = lifetime })));
        var keyPackage = _outsider.NewBundle().KeyPackage;
        await connection.RefusedAsync(ErrorCode.InvalidKeyPackage, request =>
            new UploadKeyPackage(request, TestAgent.Encode(new MlsMessage(keyPackage with { Signature = Opaque.Copy(new byte[64]) }))));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_pool_has_a_bound()
    {
        for (var i = 0; i < 3; i++)
            await _outsider.UploadAsync();
        await _outsider.Connection.RefusedAsync(ErrorCode.LimitReached, TestAgent.UploadOf(_outsider.NewBundle()));
        (await _outsider.UploadAsync(TestAgent.LastResort)).Available.ShouldBe(4, "the last resort has a place of its own");
    }

    [Fact(Timeout = Timeout)]
    public async Task A_key_package_that_has_expired_is_not_handed_out()
    {
        var now = _relay.Time.GetUtcNow();
        await _outsider.UploadAsync(options => options with { Lifetime = Lifetime.Between(now.AddHours(-1), now.AddDays(1)) });
        await _outsider.UploadAsync();
        _relay.Time.Advance(TimeSpan.FromDays(2));
        var claimed = await _members[0].ClaimAsync(_outsider);
        claimed.LeafNode.Lifetime.NotAfter.ShouldBeGreaterThan((ulong)now.AddDays(2).ToUnixTimeSeconds());
        await _members[0].Connection.RefusedAsync(ErrorCode.NoKeyPackage, Add(_outsider));
    }

    [Fact(Timeout = Timeout)]
    public async Task Only_a_member_is_given_key_packages_and_only_of_agents_that_are_none()
    {
        await _outsider.UploadAsync();
        await _outsider.Connection.RefusedAsync(ErrorCode.NotAMember, Add(_outsider));
        await _members[0].Connection.RefusedAsync(ErrorCode.AlreadyAMember, Add(_members[1]));
        await _members[0].Connection.RefusedAsync(ErrorCode.NoKeyPackage, Add(_relay.NewAgent()));
        await _members[0].ClaimAsync(_outsider);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_subscription_that_cannot_be_is_refused_and_its_stream_finished()
    {
        var unknown = new ChannelId(new byte[ChannelId.Size]);
        await RefusedAsync(_outsider, _members[0].ChannelId, Sequence.Start, ErrorCode.NotAMember);
        await RefusedAsync(_members[0], unknown, Sequence.Start, ErrorCode.UnknownChannel);
        await RefusedAsync(_members[0], _members[0].ChannelId, new Sequence(1_000), ErrorCode.InvalidRequest);
        await _members[0].Connection.RefusedAsync(ErrorCode.UnknownChannel, request => new SendMessage(request, unknown, TestAgent.NewMessageId(), new byte[1]));

        static async Task RefusedAsync(TestAgent agent, ChannelId channel, Sequence after, ErrorCode code)
        {
            var delivery = await agent.Connection.SubscribeAsync(channel, after);
            (await delivery.NextAsync<Refused>()).Code.ShouldBe(code);
            (await delivery.NextAsync()).ShouldBeNull();
        }
    }

    private Func<RequestId, SendMessage> Message(ReadOnlyMemory<byte> ciphertext) => request => new SendMessage(request, _members[0].ChannelId, TestAgent.NewMessageId(), ciphertext);

    private Func<RequestId, AddMember> Add(TestAgent agent) => request => new AddMember(request, _members[0].ChannelId, agent.Id);

    private GroupCreation Signed(GroupCreation creation, GroupContext context) => creation with
    {
        GroupInfo = GroupInfo.Sign(ChannelSuite.Default, context, creation.GroupInfo.Extensions, creation.GroupInfo.ConfirmationTag, creation.GroupInfo.Signer, _outsider.Signer.PrivateKey),
    };

    private static ReadOnlyMemory<byte> Bytes(Welcome welcome) => TestAgent.Encode(new MlsMessage(welcome));
}
