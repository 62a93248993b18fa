using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Skytale.Protocol.Envelopes;
using Skytale.Sdk.Slim;
using Skytale.Tests.Kit;

namespace Skytale.Tests;

public sealed class IdentityTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);

    [Fact]
    public void A_token_names_its_owner_to_whoever_knows_the_secret()
    {
        using var alice = SlimIdentity.SharedSecret("org/ns/alice", Parties.Secret);
        using var bob = SlimIdentity.SharedSecret("org/ns/bob", Parties.Secret);

        var peer = bob.Verify(alice.Token(Now), Now).ShouldNotBeNull();

        peer.Subject.ShouldBe(alice.Subject);
        peer.Subject.ShouldStartWith("org/ns/alice_");
        peer.PublicKey.ToArray().ShouldBe(alice.Keys.PublicKey.Value.Memory.ToArray());
        peer.NameId.ShouldBe(SlimNameId.OfText(alice.Subject));
        bob.SubjectOf(alice.Token(Now)).ShouldBe(alice.Subject);
    }

    [Fact]
    public void A_token_of_another_secret_is_nobodys()
    {
        using var alice = SlimIdentity.SharedSecret("org/ns/alice", Parties.Secret);
        using var mallory = SlimIdentity.SharedSecret("org/ns/alice", "another secret of more than thirty-two bytes");

        alice.Verify(mallory.Token(Now), Now).ShouldBeNull();
        alice.Verify(mallory.Token(Now), now: null).ShouldBeNull();
    }

    [Theory]
    [InlineData(-5, true)]
    [InlineData(-6, false)]
    [InlineData(3600, true)]
    [InlineData(3601, false)]
    public void A_token_holds_for_an_hour(int age, bool holds)
    {
        using var alice = SlimIdentity.SharedSecret("org/ns/alice", Parties.Secret);
        var token = alice.Token(Now);

        (alice.Verify(token, Now.AddSeconds(age)) is not null).ShouldBe(holds);
        alice.Verify(token, now: null).ShouldNotBeNull();
    }

    [Fact]
    public void Whatever_is_changed_in_a_token_it_does_not_hold()
    {
        using var alice = SlimIdentity.SharedSecret("org/ns/alice", Parties.Secret);
        var token = alice.Token(Now);

        for (var i = 0; i < token.Length; i++)
        {
            var changed = new StringBuilder(token) { [i] = token[i] == 'A' ? 'B' : 'A' }.ToString();
            alice.Verify(changed, now: null).ShouldBeNull($"character {i}");
            alice.Verify(token.Remove(i, 1), now: null).ShouldBeNull($"without character {i}");
        }
        alice.Verify(token + "A", now: null).ShouldBeNull();
        alice.Verify("", now: null).ShouldBeNull();
        alice.Verify("::::", now: null).ShouldBeNull();
    }

    [Theory]
    [InlineData("no JSON")]
    [InlineData("[]")]
    [InlineData("""{"pubkey":7}""")]
    [InlineData("""{"pubkey":"?"}""")]
    [InlineData("""{"pubkey":"\ud800"}""")]
    public void A_token_that_names_no_key_is_nobodys_whoever_made_it(string claims)
    {
        using var alice = SlimIdentity.SharedSecret("org/ns/alice", Parties.Secret);
        var signed = $"org/ns/bob_12345678:{Now.ToUnixTimeSeconds()}:AAAAAAAAAAAAAAAA:{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims))}";
        var mac = HMACSHA256.HashData(Encoding.UTF8.GetBytes(Parties.Secret), Encoding.UTF8.GetBytes(signed));

        alice.Verify($"{signed}:{Base64Url.EncodeToString(mac)}", Now).ShouldBeNull();
    }

    [Fact]
    public void A_token_is_used_again_for_a_minute()
    {
        using var alice = SlimIdentity.SharedSecret("org/ns/alice", Parties.Secret);
        var token = alice.Token(Now);

        alice.Token(Now.AddSeconds(59)).ShouldBe(token);
        alice.Token(Now.AddSeconds(60)).ShouldNotBe(token);
        alice.Token(Now.AddSeconds(-1)).ShouldNotBe(token, "the clock was set back: nobody would believe the old one");
    }

    [Theory]
    [InlineData("org/ns/alice", "a secret of too few bytes")]
    [InlineData("", Parties.Secret)]
    [InlineData("org/ns:alice", Parties.Secret)]
    [InlineData("org/ns/alice bob", Parties.Secret)]
    public void What_cannot_be_an_identity_is_refused(string name, string secret) =>
        Should.Throw<SlimException>(() => SlimIdentity.SharedSecret(name, secret)).Error.ShouldBe(SlimError.InvalidArgument);
}
