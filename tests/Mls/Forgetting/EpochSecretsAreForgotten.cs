using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Groups;
using Skytale.Mls.Messages;
using Skytale.Mls.Proposals;
using Skytale.Mls.Tests.Groups;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Tests.Forgetting;

/// <summary>
/// §8, §7.5, §9.2: what led into an epoch is nowhere once the epoch has started: not in what the members store, not in
/// the process's secret memory. That the values looked for are the right ones, the epoch authenticator shows.
/// </summary>
[Collection(nameof(SecretHeap))]
public sealed class EpochSecretsAreForgotten : IDisposable
{
    private readonly TestGroup _group = TestGroup.Of(TestGroup.Suite, "alice", "bob", "carol", "dave");

    private Member Alice => _group[0];

    private Member Bob => _group[1];

    [Fact]
    public void After_a_commit_with_a_path()
    {
        var (pending, trace) = Commit(Alice, new CommitRequest());
        using (pending)
        {
            using (var stored = Alice.Group.SerializePending(pending))
                NoneOf(trace.Passing, stored.Span.ToArray());
            _group.Deliver(Alice, pending);
        }
        IsTheEpochs(trace);
        foreach (var member in _group.Members)
            NoneOf(trace.Passing, member.State().Span.ToArray());
        SecretHeap.Held(trace.Passing).ShouldBeEmpty();

        // The control: the same searches find the path's private keys, which alice and those below the nodes hold.
        trace.NodeKeys.Count.ShouldBe(2);
        foreach (var (name, value, publicKey) in trace.NodeKeys)
        {
            Alice.Group.Public.Tree.Parents.ShouldContain(node => node.Parent.EncryptionKey == publicKey, name);
            Holds(Alice, value).ShouldBeTrue(name);
            SecretHeap.Holds(value).ShouldBeTrue(name);
        }
    }

    [Fact]
    public void After_a_commit_that_is_refused_at_the_end_of_its_making()
    {
        using var erin = new Member(TestGroup.Suite, "erin");
        using var bundle = erin.NewBundle();
        var request = new CommitRequest { Proposals = [new AddProposal(bundle.KeyPackage)] };
        var secrets = new List<(string Name, byte[] Value)>();
        using (var pending = Alice.Group.Commit(request, Repeating()))
        using (var same = Alice.Group.Commit(request, Repeating()))
        {
            Tls.Encode(same.Commit).ShouldBe(Tls.Encode(pending.Commit), "what is drawn repeats");
            var next = pending.Next.Secrets;
            foreach (var (name, secret) in new[] { ("init_secret", next.Init), ("external_secret", next.External), ("exporter_secret", next.Exporter) })
                secrets.Add((name, secret.Span.ToArray()));
            SecretHeap.Held(secrets).Count.ShouldBe(3);
        }
        SecretHeap.Held(secrets).ShouldBeEmpty();
        Alice.Refuses(MlsError.CredentialRefused, alice => alice.Commit(request with { Accept = _ => false }, Repeating()));
        SecretHeap.Held(secrets).ShouldBeEmpty();
    }

    // The same bytes, every time anew.
    private static FillRandom Repeating()
    {
        byte next = 0;
        return destination =>
        {
            foreach (ref var value in destination)
                value = ++next;
        };
    }

    [Fact]
    public void After_joining_by_a_welcome()
    {
        using var erin = new Member(TestGroup.Suite, "erin");
        var bundle = erin.NewBundle();
        var initKey = bundle.InitKey.PrivateKey.Value.Span.ToArray();
        SecretHeap.Holds(initKey).ShouldBeTrue();
        var (pending, trace) = Commit(Alice, new CommitRequest { Proposals = [new AddProposal(bundle.KeyPackage)] });
        using (pending)
        {
            _group.Deliver(Alice, pending);
            erin.Group = MlsGroup.Join(pending.Welcome!, bundle, erin.Signer, new JoinOptions());
        }
        bundle.Dispose();
        IsTheEpochs(trace);
        NoneOf(trace.Passing, erin.State().Span.ToArray());
        Holds(erin, initKey).ShouldBeFalse();
        SecretHeap.Held([.. trace.Passing, ("init_key", initKey)]).ShouldBeEmpty();
    }

    [Fact]
    public void After_a_commit_that_was_dropped()
    {
        var (pending, trace) = Commit(Alice, new CommitRequest());
        var nodeKeys = trace.NodeKeys.Select(key => (key.Name, key.Value)).ToArray();
        SecretHeap.Held(nodeKeys).Count.ShouldBe(nodeKeys.Length, "the pending commit has the keys");
        pending.Dispose();
        var stillAlices = Alice.Group.Secrets.Init.Span.ToArray();
        SecretHeap.Held([.. trace.Passing.Where(value => !value.Value.AsSpan().SequenceEqual(stillAlices)), .. nodeKeys]).ShouldBeEmpty();
    }

    [Fact]
    [Fault(29)]
    public void After_a_commit_that_was_refused_at_its_last_check()
    {
        var (pending, trace) = Commit(Alice, new CommitRequest());
        var forged = Forge.WithConfirmationTag(Alice, pending.Commit.PublicMessage!, Opaque.Copy(new byte[32]));
        pending.Dispose();
        Bob.Refuses(MlsError.InvalidConfirmationTag, state => state.Process(new MlsMessage(forged)));
        var stillBobs = Bob.Group.Secrets.Init.Span.ToArray();
        SecretHeap.Held(trace.Passing.Where(value => !value.Value.AsSpan().SequenceEqual(stillBobs))).ShouldBeEmpty();
    }

    [Fact]
    public void After_a_psk_was_used()
    {
        var value = TestGroup.Suite.Hash("an external psk"u8).Memory.ToArray();
        var id = new ExternalPskId(Opaque.Copy("a psk"u8), TestGroup.Suite.Hash("a nonce"u8));
        var chained = Chain(id, value);
        var asked = 0;
        var request = new CommitRequest { Proposals = [new PreSharedKeyProposal(id)], FindPsk = Find };
        using var pending = Alice.Group.Commit(request, TestRandom.Fill);
        foreach (var member in _group.Members.Skip(1))
        {
            using var staged = member.Group.Process(pending.Commit, new ProcessOptions { FindPsk = Find });
            member.Group = member.Group.Merge(staged);
        }
        Alice.Group = Alice.Group.Merge(pending);
        asked.ShouldBe(4);
        SecretHeap.Held([("psk", value), ("psk_secret", chained)]).ShouldBeEmpty();
        foreach (var member in _group.Members)
            NoneOf([("psk", value), ("psk_secret", chained)], member.State().Span.ToArray());

        Secret Find(PreSharedKeyId wanted)
        {
            wanted.ShouldBe(id);
            asked++;
            var copy = Secret.Copy(value);
            SecretHeap.Holds(value).ShouldBeTrue();
            return copy;
        }

        static byte[] Chain(PreSharedKeyId id, byte[] value)
        {
            using var psk = Secret.Copy(value);
            using var secret = KeySchedule.PskSecret.Derive(TestGroup.Suite, [(id, psk)]);
            return secret.Span.ToArray();
        }
    }

    [Fact]
    public void Of_the_epoch_before_once_it_was_left()
    {
        var secrets = _group.Members.SelectMany(Own).ToArray();
        SecretHeap.Held(secrets).Count.ShouldBe(secrets.Length);
        foreach (var (name, value) in Own(Bob))
            Holds(Bob, value).ShouldBeTrue(name);
        _group.Commit(Alice);
        SecretHeap.Held(secrets).ShouldBeEmpty();
        foreach (var member in _group.Members)
            NoneOf(secrets, member.State().Span.ToArray());

        static IEnumerable<(string, byte[])> Own(Member member) => new (string Name, Secret Secret)[]
        {
            ("sender_data_secret", member.Group.Secrets.SenderData), ("exporter_secret", member.Group.Secrets.Exporter),
            ("epoch_authenticator", member.Group.Secrets.EpochAuthenticator), ("external_secret", member.Group.Secrets.External),
            ("confirmation_key", member.Group.Secrets.Confirmation), ("membership_key", member.Group.Secrets.Membership),
            ("resumption_psk", member.Group.Secrets.Resumption), ("init_secret", member.Group.Secrets.Init),
        }.Select(secret => ($"{member.Name}: {secret.Name}", secret.Secret.Span.ToArray()));
    }

    [Fact]
    public void Private_keys_that_a_path_replaced_are_gone_from_all_who_had_them()
    {
        var (first, trace) = Commit(Alice, new CommitRequest());
        using (first)
            _group.Deliver(Alice, first);
        var leaf = Alice.Group.PrivateKeys[NodeIndex.Of(Alice.Group.OwnLeaf)]!.PrivateKey.Value.Span.ToArray();
        var replaced = trace.NodeKeys.Select(key => (key.Name, key.Value)).Append(("leaf", leaf)).ToArray();
        foreach (var (name, value) in replaced)
            Holds(Alice, value).ShouldBeTrue(name);
        Holds(Bob, trace.NodeKeys[0].Value).ShouldBeTrue("bob is below the first node");
        SecretHeap.Held(replaced).Count.ShouldBe(replaced.Length);

        _group.Commit(Alice);
        foreach (var member in _group.Members)
            NoneOf(replaced, member.State().Span.ToArray());
        SecretHeap.Held(replaced).ShouldBeEmpty();
    }

    [Fact]
    public void Private_keys_of_nodes_that_a_remove_blanked_are_gone()
    {
        var (first, trace) = Commit(Alice, new CommitRequest());
        using (first)
            _group.Deliver(Alice, first);
        var below = trace.NodeKeys[0].Value;
        Holds(Bob, below).ShouldBeTrue();
        using (var bob = Bob)
            _group.Remove(_group[2], bob);
        foreach (var member in _group.Members)
            Holds(member, below).ShouldBeFalse(member.Name);
        SecretHeap.Holds(below).ShouldBeFalse();
    }

    public void Dispose() => _group.Dispose();

    private static (PendingCommit Pending, EpochTrace Trace) Commit(Member by, CommitRequest request)
    {
        var random = new RecordingRandom();
        var init = by.Group.Secrets.Init.Span.ToArray();
        var pending = by.Group.Commit(request, random.Fill);
        var length = pending.Next.Public.Tree.FilteredDirectPath(by.Group.OwnLeaf).Count;
        return (pending, new EpochTrace(TestGroup.Suite, init, random.Draws[0], length, pending.GroupInfo.GroupContext));
    }

    private void IsTheEpochs(EpochTrace trace)
    {
        using var authenticator = Alice.Group.EpochAuthenticator;
        authenticator.Span.SequenceEqual(trace.EpochAuthenticator).ShouldBeTrue("the trace is not what the library derived");
    }

    private static bool Holds(Member member, byte[] value) => member.State().Span.IndexOf(value) >= 0;

    private static void NoneOf(IEnumerable<(string Name, byte[] Value)> values, byte[] state)
    {
        foreach (var (name, value) in values)
            state.AsSpan().IndexOf(value).ShouldBe(-1, name);
    }
}
