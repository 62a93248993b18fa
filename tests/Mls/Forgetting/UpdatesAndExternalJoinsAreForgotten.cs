using Skytale.Mls.Codec;
using Skytale.Mls.Credentials;
using Skytale.Mls.Crypto;
using Skytale.Mls.Groups;
using Skytale.Mls.Messages;
using Skytale.Mls.Proposals;
using Skytale.Mls.Tests.Groups;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Tests.Forgetting;

/// <summary>§12.1.2, §8.3: the leaf key of an own Update lives with its epoch or in the tree; what an external join starts from is nowhere after it.</summary>
[Collection(nameof(SecretHeap))]
public sealed class UpdatesAndExternalJoinsAreForgotten : IDisposable
{
    private readonly TestGroup _group = TestGroup.OfThree();

    private Member Alice => _group[0];

    private Member Bob => _group[1];

    [Fact]
    public void An_update_that_was_committed_replaces_the_leafs_key()
    {
        var old = Bob.Group.PrivateKeys[NodeIndex.Of(Bob.Group.OwnLeaf)]!.PrivateKey.Value.Span.ToArray();
        var (sent, key) = Propose();
        var discarded = Propose().Key;
        foreach (var value in new[] { old, key, discarded })
            Holds(Bob, value).ShouldBeTrue();
        Alice.Group.Receive(sent.Message);
        _group[2].Group.Receive(sent.Message);
        _group.Observer.Keep(_group.Observer.Verify(sent.Message.PublicMessage!));
        using (var pending = Alice.Group.Commit(new CommitRequest { References = [sent.Reference] }, TestRandom.Fill))
            _group.Deliver(Alice, pending);

        Bob.Group.PrivateKeys[NodeIndex.Of(Bob.Group.OwnLeaf)]!.PrivateKey.Value.Span.SequenceEqual(key).ShouldBeTrue("the Update's key is the leaf's");
        foreach (var value in new[] { old, discarded })
        {
            Holds(Bob, value).ShouldBeFalse();
            SecretHeap.Holds(value).ShouldBeFalse();
        }
        _group.Commit(Bob);
        SecretHeap.Holds(key).ShouldBeFalse("its own path replaced it");
    }

    [Fact]
    public void An_update_that_nobody_committed_goes_with_its_epoch()
    {
        var (_, key) = Propose();
        Holds(Bob, key).ShouldBeTrue();
        SecretHeap.Holds(key).ShouldBeTrue();
        _group.Commit(Alice);
        Holds(Bob, key).ShouldBeFalse();
        SecretHeap.Holds(key).ShouldBeFalse();
    }

    [Fact]
    public void An_update_that_was_refused_leaves_no_key()
    {
        // The control: what is drawn leads to the key of an Update that was not refused.
        var random = new RecordingRandom();
        Bob.Group.ProposeUpdate(new LeafChange(), FramingOptions.Default, random.Fill);
        SecretHeap.Holds(KeyOf(random.Draws[0])).ShouldBeTrue();

        random.Draws.Clear();
        var change = new LeafChange { Credential = new X509Credential([]) };
        Should.Throw<MlsException>(() => Bob.Group.ProposeUpdate(change, FramingOptions.Default, random.Fill));
        SecretHeap.Held([("drawn", random.Draws[0]), ("leaf key", KeyOf(random.Draws[0]))]).ShouldBeEmpty();

        static byte[] KeyOf(byte[] drawn)
        {
            using var seed = Secret.Copy(drawn);
            using var pair = TestGroup.Suite.DeriveKeyPair(seed);
            return pair.PrivateKey.Value.Span.ToArray();
        }
    }

    [Fact]
    public void What_an_external_join_drew_and_started_from_is_nowhere()
    {
        using var dave = new Member(TestGroup.Suite, "dave");
        var groupInfo = Alice.Group.ExportGroupInfo(new GroupInfoOptions { ExternalPub = true });
        var random = new RecordingRandom();
        using var join = MlsGroup.JoinExternally(
            groupInfo,
            dave.Signer,
            new ExternalJoinOptions { Credential = new BasicCredential(Opaque.Copy("dave"u8)), Capabilities = Capabilities.Basic(TestGroup.Suite.Id) },
            random.Fill);
        var initSecret = InitSecret(join);
        var drawn = random.Draws.Select((draw, n) => ($"drawn {n}", draw)).ToArray();
        drawn.Length.ShouldBeGreaterThan(2);
        SecretHeap.Held([.. drawn, ("init_secret", initSecret)]).ShouldBeEmpty();
        foreach (var member in _group.Members)
        {
            using var staged = member.Group.Process(join.Commit);
            member.Group = member.Group.Merge(staged);
        }
        dave.Group = join.Enter();
        using var authenticator = dave.Group.EpochAuthenticator;
        using var bobs = Bob.Group.EpochAuthenticator;
        authenticator.FixedTimeEquals(bobs).ShouldBeTrue();
        SecretHeap.Held([.. drawn, ("init_secret", initSecret)]).ShouldBeEmpty();
        foreach (var member in _group.Members.Append(dave))
            Holds(member, initSecret).ShouldBeFalse();
    }

    public void Dispose() => _group.Dispose();

    // The secret that the commit's kem_output tells a member.
    private byte[] InitSecret(ExternalJoin join)
    {
        var commit = ((Framing.CommitBody)join.Commit.PublicMessage!.Content.Body).Commit;
        var kemOutput = commit.Proposals.OfType<ProposalByValue>().Select(proposal => proposal.Proposal).OfType<ExternalInitProposal>().Single().KemOutput;
        using var external = Bob.Group.Secrets.ExternalKeyPair(TestGroup.Suite);
        using var secret = TestGroup.Suite.ReceiveExternalInit(external, kemOutput);
        SecretHeap.Holds(secret.Span.ToArray()).ShouldBeTrue();
        return secret.Span.ToArray();
    }

    private (SentProposal Sent, byte[] Key) Propose()
    {
        var sent = Bob.Group.ProposeUpdate(new LeafChange(), FramingOptions.Default, TestRandom.Fill);
        return (sent, Bob.Group.OwnUpdates[^1].LeafKey.PrivateKey.Value.Span.ToArray());
    }

    private static bool Holds(Member member, byte[] value) => member.State().Span.IndexOf(value) >= 0;
}
