using System.Security.Cryptography;
using Skytale.Agent.Keys;
using Skytale.Mls;
using Skytale.Mls.Codec;
using Skytale.Mls.Messages;
using Skytale.Sdk;

namespace Skytale.Tests;

/// <summary>Groups whose bytes somebody else carries.</summary>
public sealed class RawGroupTests
{
    [Fact]
    public void Two_seal_and_open_and_whoever_is_removed_opens_nothing_more()
    {
        using var alice = new Keeper();
        using var bob = new Keeper();
        var (atAlice, atBob) = Meet(alice, bob);
        using (atAlice)
        using (atBob)
        {
            using (var opened = atBob.Open(atAlice.Seal("hello"u8)))
                (System.Text.Encoding.UTF8.GetString(opened.Content), opened.Sender).ShouldBe(("hello", alice.Identity.Id));
            using (var opened = atAlice.Open(atBob.Seal("hi"u8)))
                opened.Sender.ShouldBe(bob.Identity.Id);
            atBob.Apply(atAlice.Update()).ShouldBeTrue();
            atAlice.Merge();
            atAlice.Members.ShouldBe([alice.Identity.Id, bob.Identity.Id]);
            (atAlice.Epoch, atBob.Epoch).ShouldBe((2ul, 2ul));

            atBob.Apply(atAlice.Remove(bob.Identity.Id)).ShouldBeFalse();
            atAlice.Merge();
            Should.Throw<SkytaleException>(() => atBob.Open(atAlice.Seal("not for bob"u8))).Error.ShouldBe(SkytaleError.ProtocolViolation);
        }
    }

    [Fact]
    public void A_state_that_a_crash_left_uses_no_key_again_and_opens_what_was_not_saved()
    {
        using var alice = new Keeper();
        using var bob = new Keeper();
        var (atAlice, atBob) = Meet(alice, bob);
        var sealedBefore = Enumerable.Range(0, 70).Select(_ => atAlice.Seal("before"u8)).ToList();
        var fromBob = atBob.Seal("to alice"u8);
        atAlice.Open(fromBob).Dispose();
        atAlice.Dispose(); // Killed: what was saved last is all there is.

        using var again = SkytaleGroup.Restore(alice.Saved, alice.Identity, alice.Save);
        var sealedAfter = Enumerable.Range(0, 70).Select(_ => again.Seal("after"u8)).ToList();
        again.Open(fromBob).Dispose();
        var generations = sealedBefore.Concat(sealedAfter).Select(message => GenerationOf(atBob, message)).ToList();
        generations.Distinct().Count().ShouldBe(140);
        using (atBob)
        {
            foreach (var message in sealedBefore.Concat(sealedAfter))
                atBob.Open(message).Dispose();
        }
    }

    [Fact]
    public void A_pending_commit_is_there_after_a_restart_and_another_is_not_made_beside_it()
    {
        using var alice = new Keeper();
        using var bob = new Keeper();
        var (atAlice, atBob) = Meet(alice, bob);
        var commit = atAlice.Update();
        Should.Throw<InvalidOperationException>(() => atAlice.Update());
        atAlice.Dispose();
        using var again = SkytaleGroup.Restore(alice.Saved, alice.Identity, alice.Save);
        again.Merge();
        using (atBob)
        {
            atBob.Apply(commit).ShouldBeTrue();
            atBob.Open(again.Seal("in the next epoch"u8)).Dispose();
        }
    }

    [Fact]
    public void A_KeyPackage_of_another_and_damaged_bytes_are_refused()
    {
        using var alice = new Keeper();
        using var bob = new Keeper();
        using var keys = GroupKeys.Create(bob.Identity);
        using var group = SkytaleGroup.Create(alice.Identity, alice.Save);
        Should.Throw<SkytaleException>(() => group.Add(keys.Public, alice.Identity.Id)).Error.ShouldBe(SkytaleError.ProtocolViolation);
        Should.Throw<SkytaleException>(() => group.Open(new byte[] { 1, 2, 3 })).Error.ShouldBe(SkytaleError.ProtocolViolation);
        Should.Throw<SkytaleException>(() => group.Remove(bob.Identity.Id)).Error.ShouldBe(SkytaleError.InvalidArgument);
        Should.Throw<SkytaleException>(() => SkytaleGroup.Restore([9], alice.Identity, alice.Save)).Error.ShouldBe(SkytaleError.StoreCorrupt);
    }

    /// <summary>As another member's sender data says it (RFC 9420 §6.3.2).</summary>
    private static uint GenerationOf(SkytaleGroup reader, ReadOnlyMemory<byte> message) =>
        new Mls.Framing.PrivateMessageCipher(reader.Group.Suite, reader.Group.Secrets.SenderData).OpenSenderData(Tls.Decode<MlsMessage>(new Opaque(message)).PrivateMessage!).Generation.Value;

    private static (SkytaleGroup AtAlice, SkytaleGroup AtBob) Meet(Keeper alice, Keeper bob)
    {
        using var stored = GroupKeys.Create(bob.Identity).Serialize();
        using var keys = GroupKeys.Deserialize(stored.Span);
        var atAlice = SkytaleGroup.Create(alice.Identity, alice.Save);
        var (_, welcome) = atAlice.Add(keys.Public, bob.Identity.Id);
        atAlice.Merge();
        return (atAlice, SkytaleGroup.Join(welcome, keys, bob.Identity, bob.Save));
    }

    /// <summary>Who keeps a group's state, encrypted in a real one.</summary>
    private sealed class Keeper : IDisposable
    {
        public IdentityKey Identity { get; } = IdentityKey.Generate(RandomNumberGenerator.Fill);

        public byte[] Saved { get; private set; } = [];

        public void Save(ReadOnlyMemory<byte> state) => Saved = state.ToArray();

        public void Dispose() => Identity.Dispose();
    }
}
