using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Groups;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Tests.Groups;

public sealed class GroupStateTests : IDisposable
{
    private readonly TestGroup _group = TestGroup.OfThree();

    private Member Alice => _group[0];

    private Member Bob => _group[1];

    [Fact]
    public void A_member_goes_on_after_a_restart_at_any_point()
    {
        var skipped = Alice.Send("skipped");
        Bob.Read(Alice.Send("read")).ShouldBe("read");
        foreach (var member in _group.Members)
        {
            var before = member.State();
            member.Restart();
            member.State().ShouldBe(before);
        }
        Bob.Read(skipped).ShouldBe("skipped");
        _group.ShouldAgree();
        _group.ShouldTalk();
        foreach (var member in _group.Members.ToList())
        {
            member.Restart();
            _group.Commit(member);
        }
        _group.ShouldAgree();
        _group.ShouldTalk();
    }

    [Fact]
    public void Each_part_changes_when_its_matter_does()
    {
        using var epoch = Bob.Group.SerializeEpoch();
        using var receiving = Bob.Group.SerializeReceiving();
        using var sending = Bob.Group.SerializeSending();

        Bob.Read(Alice.Send("hello"));
        using var afterReading = Bob.Group.SerializeReceiving();
        afterReading.FixedTimeEquals(receiving).ShouldBeFalse();
        using (var now = Bob.Group.SerializeSending())
            now.FixedTimeEquals(sending).ShouldBeTrue();

        Bob.Send("hello");
        using (var now = Bob.Group.SerializeSending())
            now.FixedTimeEquals(sending).ShouldBeFalse();
        using (var now = Bob.Group.SerializeReceiving())
            now.FixedTimeEquals(afterReading).ShouldBeTrue();
        using (var now = Bob.Group.SerializeEpoch())
            now.FixedTimeEquals(epoch).ShouldBeTrue();
    }

    [Fact]
    public void Parts_of_different_epochs_groups_or_members_do_not_go_together()
    {
        using var oldReceiving = Bob.Group.SerializeReceiving();
        using var oldSending = Bob.Group.SerializeSending();
        _group.Commit(Alice);
        using var epoch = Bob.Group.SerializeEpoch();
        using var receiving = Bob.Group.SerializeReceiving();
        using var sending = Bob.Group.SerializeSending();
        Refused(MlsError.InvalidState, epoch.Span, oldReceiving.Span, sending.Span, Bob.Signer);
        Refused(MlsError.InvalidState, epoch.Span, receiving.Span, oldSending.Span, Bob.Signer);
        Refused(MlsError.InvalidState, epoch.Span, receiving.Span, sending.Span, Alice.Signer);
    }

    [Fact]
    public void Bytes_that_are_no_state_are_refused()
    {
        using var epoch = Bob.Group.SerializeEpoch();
        using var receiving = Bob.Group.SerializeReceiving();
        using var sending = Bob.Group.SerializeSending();
        foreach (var part in new[] { 0, 1, 2 })
        {
            var parts = new[] { epoch.Span.ToArray(), receiving.Span.ToArray(), sending.Span.ToArray() };
            var right = parts[part];
            parts[part] = [];
            Refused(MlsError.Truncated, parts[0], parts[1], parts[2], Bob.Signer);
            parts[part] = right[..^1];
            Refused(MlsError.Truncated, parts[0], parts[1], parts[2], Bob.Signer);
            parts[part] = [.. right, 0];
            Refused(MlsError.TrailingBytes, parts[0], parts[1], parts[2], Bob.Signer);
            parts[part] = [1, .. right[1..]];
            Refused(MlsError.InvalidState, parts[0], parts[1], parts[2], Bob.Signer);
        }
    }

    [Fact]
    public void A_private_key_that_is_not_its_nodes_is_refused()
    {
        using var epoch = Bob.Group.SerializeEpoch();
        using var receiving = Bob.Group.SerializeReceiving();
        using var sending = Bob.Group.SerializeSending();
        var changed = epoch.Span.ToArray();
        changed[changed.AsSpan().IndexOf(Bob.Group.PrivateKeys[NodeIndex.Of(Bob.Group.OwnLeaf)]!.PrivateKey.Value.Span) + 5] ^= 1;
        Refused(MlsError.InvalidState, changed, receiving.Span, sending.Span, Bob.Signer);
    }

    [Fact]
    public void Secrets_that_were_used_are_nowhere_in_the_state()
    {
        // §9.2, §8: what was consumed, and what leads to it, is deleted. A positive control: the present ones are there.
        using var oldInit = Secret.Copy(Bob.Group.Secrets.Init.Span);
        using var oldLeaf = Secret.Copy(Bob.Group.PrivateKeys[NodeIndex.Of(Bob.Group.OwnLeaf)]!.PrivateKey.Value.Span);
        Holds(Bob, oldInit).ShouldBeTrue();
        Holds(Bob, oldLeaf).ShouldBeTrue();

        _group.Commit(Alice);
        Holds(Bob, oldInit).ShouldBeFalse();
        Holds(Bob, oldLeaf).ShouldBeTrue("the leaf's key lives until the member's own path");
        _group.Commit(Bob);
        Holds(Bob, oldLeaf).ShouldBeFalse();
        Holds(Bob, Bob.Group.Secrets.Init).ShouldBeTrue();
    }

    [Fact]
    public void Init_and_leaf_keys_of_a_key_package_are_gone_after_joining_and_a_path()
    {
        var dave = new Member(TestGroup.Suite, "dave");
        using var bundle = dave.NewBundle();
        using var pending = Alice.Group.Commit(new CommitRequest { Proposals = [new Proposals.AddProposal(bundle.KeyPackage)] }, TestRandom.Fill);
        _group.Deliver(Alice, pending);
        dave.Group = MlsGroup.Join(pending.Welcome!, bundle, dave.Signer, new JoinOptions());
        _group.Members.Add(dave);
        Holds(dave, bundle.InitKey.PrivateKey.Value).ShouldBeFalse("the init key serves the Welcome alone");
        Holds(dave, bundle.LeafKey.PrivateKey.Value).ShouldBeTrue();
        _group.Commit(dave);
        Holds(dave, bundle.LeafKey.PrivateKey.Value).ShouldBeFalse();
    }

    [Fact]
    [Fault(31)]
    public void A_message_key_is_in_no_state_after_its_message()
    {
        using var staged = Bob.Group.Receiving.Stage(Bob.Group.Suite, Alice.Group.OwnLeaf, handshake: false, new Mls.SecretTree.Generation(1));
        using var key = Secret.Copy(staged.Key.Key.Span);
        var first = Alice.Send("first");
        var second = Alice.Send("second");
        Holds(Alice, key).ShouldBeFalse();
        var third = Alice.Send("third");
        Bob.Read(third);
        Holds(Bob, key).ShouldBeTrue("a skipped key is kept for its message");
        Bob.Read(second);
        Holds(Bob, key).ShouldBeFalse();
        Bob.Read(first);
    }

    [Fact]
    public void Disposal_zeroes_the_epochs_secrets()
    {
        var (init, exporter) = (Bob.Group.Secrets.Init, Bob.Group.Secrets.Exporter);
        Bob.Group.Dispose();
        Should.Throw<ObjectDisposedException>(() => init.Span.Length);
        Should.Throw<ObjectDisposedException>(() => exporter.Span.Length);
    }

    public void Dispose() => _group.Dispose();

    private static bool Holds(Member member, Secret secret) => member.State().Span.IndexOf(secret.Span) >= 0;

    private static void Refused(MlsError error, ReadOnlySpan<byte> epoch, ReadOnlySpan<byte> receiving, ReadOnlySpan<byte> sending, SignatureKeyPair signer)
    {
        var (first, second, third) = (epoch.ToArray(), receiving.ToArray(), sending.ToArray());
        Expect.Refused(error, () => MlsGroup.Deserialize(first, second, third, signer));
    }
}
