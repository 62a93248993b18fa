using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Framing;
using Skytale.Mls.Groups;
using Skytale.Mls.KeySchedule;
using Skytale.Mls.Messages;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Tests.Groups;

/// <summary>
/// Bytes changed at random, signed and encrypted anew by an insider so that they get as far as they can: what is refused
/// is refused with the library's own exception, whatever it was.
/// </summary>
public sealed class HostileBytesTests : IDisposable
{
    private const int Rounds = 1500;

    private readonly TestGroup _group = TestGroup.Of(TestGroup.Suite, "alice", "bob", "carol", "dave", "erin");

    private Member Alice => _group[0];

    private Member Bob => _group[1];

    [Fact]
    [Fault(2)]
    public void Commits()
    {
        using var joiner = new Member(TestGroup.Suite, "frank");
        using var bundle = joiner.NewBundle();
        using var pending = Alice.Group.Commit(new CommitRequest
        {
            Proposals = [new Proposals.AddProposal(bundle.KeyPackage), new Proposals.RemoveProposal(new LeafIndex(2))],
        }, TestRandom.Fill);
        var content = Tls.Encode(pending.Commit.PublicMessage!.Content);
        Mutate(1, content, bytes =>
        {
            var changed = Tls.Decode<FramedContent>(bytes);
            var message = Forge.Resign(Alice, pending.Commit.PublicMessage!, _ => changed);
            using var staged = Bob.Group.Process(TestGroup.OverTheWire(message));
        });
    }

    [Fact]
    [Fault(2)]
    public void Messages_under_the_right_key()
    {
        using var key = Alice.Group.Sending.NextApplication(TestGroup.Suite);
        var signed = Forge.SignApplication(Alice, Alice.Group.OwnLeaf);
        var message = Tls.Encode(Forge.Seal(Alice, signed, key));
        Mutate(2, message, bytes => Bob.Group.Unprotect(Tls.Decode<PrivateMessage>(bytes)).Dispose());

        // The plaintext: content, signature, padding.
        using var plaintext = new TlsWriter();
        signed.Content.Body.WriteTo(plaintext);
        signed.Auth.WriteTo(plaintext);
        Mutate(3, plaintext.ToOpaque(), bytes =>
        {
            using var opened = new OpenedContent(ContentType.Application, bytes.Length);
            bytes.CopyTo(opened.Buffer);
            opened.Parse(Tls.Decode<PrivateMessage>(message), Sender.Member(Alice.Group.OwnLeaf));
            opened.Content.Verify(TestGroup.Suite, Bob.Group.Public.Context, Alice.Signer.PublicKey);
        });
    }

    [Fact]
    [Fault(2)]
    public void Welcomes()
    {
        using var frank = new Member(TestGroup.Suite, "frank");
        using var bundle = frank.NewBundle();
        using var pending = Alice.Group.Commit(new CommitRequest { Proposals = [new Proposals.AddProposal(bundle.KeyPackage)] }, TestRandom.Fill);
        var welcome = pending.Welcome!;
        Mutate(4, Tls.Encode(welcome), bytes => Join(Tls.Decode<Welcome>(bytes)));

        var reference = bundle.KeyPackage.Reference(TestGroup.Suite);
        using var secrets = WelcomeCipher.OpenSecrets(TestGroup.Suite, welcome, reference, bundle.InitKey);
        Mutate(5, Tls.Encode(secrets), bytes => Join(welcome with
        {
            Secrets = [new EncryptedGroupSecrets(reference, TestGroup.Suite.EncryptWithLabel(bundle.InitKey.PublicKey, Labels.Welcome, welcome.EncryptedGroupInfo.Span, bytes, TestRandom.Fill))],
        }));

        using var joiner = new JoinerSecret(TestGroup.Suite, secrets.JoinerSecret.Duplicate());
        using var noPsk = PskSecret.None(TestGroup.Suite);
        Mutate(6, Tls.Encode(pending.GroupInfo), bytes =>
        {
            var changed = Tls.Decode<GroupInfo>(bytes);
            var signed = GroupInfo.Sign(TestGroup.Suite, changed.GroupContext, changed.Extensions, changed.ConfirmationTag, changed.Signer, Alice.Signer.PrivateKey);
            Join(WelcomeCipher.Seal(TestGroup.Suite, joiner, noPsk, [], signed, [(bundle.KeyPackage, secrets.PathSecret)], TestRandom.Fill));
        });

        void Join(Welcome changed) => MlsGroup.Join(changed, bundle, frank.Signer, new JoinOptions()).Dispose();
    }

    [Fact]
    [Fault(2)]
    public void Stored_state()
    {
        Bob.Read(Alice.Send("first"));
        using var epoch = Bob.Group.SerializeEpoch();
        using var receiving = Bob.Group.SerializeReceiving();
        using var sending = Bob.Group.SerializeSending();
        Mutate(7, Opaque.Copy(epoch.Span), bytes => MlsGroup.Deserialize(bytes, receiving.Span, sending.Span, Bob.Signer).Dispose());
        Mutate(8, Opaque.Copy(receiving.Span), bytes => MlsGroup.Deserialize(epoch.Span, bytes, sending.Span, Bob.Signer).Dispose());
        Mutate(9, Opaque.Copy(sending.Span), bytes => MlsGroup.Deserialize(epoch.Span, receiving.Span, bytes, Bob.Signer).Dispose());
        using var pending = Bob.Group.Commit(new CommitRequest(), TestRandom.Fill);
        using var stored = Bob.Group.SerializePending(pending);
        Mutate(10, Opaque.Copy(stored.Span), bytes => Bob.Group.DeserializePending(bytes).Dispose());
    }

    public void Dispose() => _group.Dispose();

    // Changes, inserts or cuts a few bytes a round; at least some of the rounds must have been refused.
    private static void Mutate(int seed, Opaque original, Action<byte[]> use)
    {
        var random = new Random(seed);
        var refused = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var bytes = original.Span.ToArray().ToList();
            for (var change = random.Next(1, 4); change > 0 && bytes.Count > 0; change--)
            {
                var at = random.Next(bytes.Count);
                switch (random.Next(5))
                {
                    case 0:
                        bytes.RemoveRange(at, Math.Min(bytes.Count - at, random.Next(1, 5)));
                        break;
                    case 1:
                        bytes.InsertRange(at, new byte[random.Next(1, 5)]);
                        break;
                    case 2:
                        bytes[at] = (byte)random.Next(256);
                        break;
                    default:
                        bytes[at] ^= (byte)(1 << random.Next(8));
                        break;
                }
            }
            try
            {
                use([.. bytes]);
            }
            catch (MlsException)
            {
                refused++;
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"seed {seed}, round {round}: {e.GetType().Name} instead of an MlsException", e);
            }
        }
        refused.ShouldBeGreaterThan(Rounds / 4);
    }
}
