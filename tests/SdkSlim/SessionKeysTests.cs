using System.Security.Cryptography;
using System.Text;
using Skytale.Mls;
using Skytale.Mls.Codec;
using Skytale.Mls.Credentials;
using Skytale.Mls.Extensions;
using Skytale.Mls.KeyPackages;
using Skytale.Mls.Messages;
using Skytale.Mls.Tree;
using Skytale.Sdk.Slim;
using Skytale.Sdk.Slim.Sessions;
using Skytale.Tests.Kit;

namespace Skytale.Tests;

/// <summary>What the MLS half of a session believes, and in which order it follows.</summary>
public sealed class SessionKeysTests : IDisposable
{
    private readonly SlimIdentity _moderator = SlimIdentity.SharedSecret("org/ns/moderator", Parties.Secret);
    private readonly SlimIdentity _alice = SlimIdentity.SharedSecret("org/ns/alice", Parties.Secret);
    private readonly SlimIdentity _bob = SlimIdentity.SharedSecret("org/ns/bob", Parties.Secret);
    private readonly SessionKeys _atModerator;
    private readonly SessionKeys _atAlice;
    private readonly SessionKeys _atBob;

    public SessionKeysTests()
    {
        (_atModerator, _atAlice, _atBob) = (Keys(_moderator), Keys(_alice), Keys(_bob));
        _atModerator.Create();
        var (number, _, welcome) = _atModerator.Add(_atAlice.KeyPackage(), PeerOf(_alice));
        _atAlice.Join(welcome, number);
    }

    public void Dispose()
    {
        foreach (var keys in new[] { _atModerator, _atAlice, _atBob })
            keys.Dispose();
        foreach (var identity in new[] { _moderator, _alice, _bob })
            identity.Dispose();
    }

    [Fact]
    public void A_message_opens_under_its_own_header_alone()
    {
        var message = _atModerator.Protect("hello"u8, "header"u8);

        Should.Throw<MlsException>(() => _atAlice.Unprotect(message, PeerOf(_moderator), "another"u8)).Error.ShouldBe(MlsError.InvalidSignature);
        _atAlice.Unprotect(_atModerator.Protect("again"u8, "header"u8), PeerOf(_moderator), "header"u8).ShouldBe("again"u8.ToArray());
    }

    [Fact]
    public void A_message_in_another_members_name_is_refused()
    {
        var message = _atModerator.Protect("hello"u8, "header"u8);

        Should.Throw<MlsException>(() => _atAlice.Unprotect(message, PeerOf(_bob), "header"u8)).Error.ShouldBe(MlsError.CredentialRefused);
    }

    [Fact]
    public void A_key_package_that_is_anothers_is_refused() =>
        Should.Throw<MlsException>(() => _atModerator.Add(_atBob.KeyPackage(), PeerOf(_alice))).Error.ShouldBe(MlsError.CredentialRefused);

    [Fact]
    public void A_key_package_with_a_token_of_somebody_else_is_refused()
    {
        var credential = new BasicCredential(Opaque.Copy(Encoding.UTF8.GetBytes(_alice.Token(DateTimeOffset.UtcNow))));
        var options = new KeyPackageOptions
        {
            Capabilities = Capabilities.Basic(SlimIdentity.Suite.Id),
            Lifetime = Lifetime.Between(DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddDays(1)),
        };
        using var forged = KeyPackageBundle.Create(SlimIdentity.Suite, _bob.Keys, credential, options, RandomNumberGenerator.Fill);

        var asAlice = new SlimPeer(_alice.Subject, PeerOf(_bob).PublicKey);

        Should.Throw<MlsException>(() => _atModerator.Add(Tls.Encode(new MlsMessage(forged.KeyPackage)).Memory, asAlice)).Error.ShouldBe(MlsError.CredentialRefused);
    }

    [Fact]
    public void Commits_are_followed_in_their_order_however_they_come()
    {
        var (second, addBob, _) = _atModerator.Add(_atBob.KeyPackage(), PeerOf(_bob));
        var (third, removeBob) = _atModerator.Remove(PeerOf(_bob));

        _atAlice.Take(third, removeBob).ShouldBeTrue();
        _atAlice.Epoch.ShouldBe(1ul, "the second is missing");
        _atAlice.Take(second, addBob).ShouldBeTrue();

        _atAlice.Epoch.ShouldBe(_atModerator.Epoch);
        _atModerator.Unprotect(_atAlice.Protect("hello"u8, "header"u8), PeerOf(_alice), "header"u8).ShouldBe("hello"u8.ToArray());
    }

    [Fact]
    public void A_commit_that_comes_again_is_not_followed_again()
    {
        var (number, commit, _) = _atModerator.Add(_atBob.KeyPackage(), PeerOf(_bob));

        _atAlice.Take(number, commit).ShouldBeTrue();
        _atAlice.Take(number, commit).ShouldBeFalse();

        _atAlice.Epoch.ShouldBe(_atModerator.Epoch);
    }

    [Fact]
    public void A_message_of_the_epoch_before_still_opens()
    {
        var message = _atModerator.Protect("hello"u8, "header"u8);
        var (number, commit, _) = _atModerator.Add(_atBob.KeyPackage(), PeerOf(_bob));
        _atAlice.Take(number, commit);

        _atAlice.Unprotect(message, PeerOf(_moderator), "header"u8).ShouldBe("hello"u8.ToArray());
    }

    private static SessionKeys Keys(SlimIdentity identity) => new(identity, TimeProvider.System);

    private static SlimPeer PeerOf(SlimIdentity identity) => identity.Verify(identity.Token(DateTimeOffset.UtcNow), now: null).ShouldNotBeNull();
}
