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
using Skytale.SlimWire.Messages;
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
        _atAlice.Join(welcome, number, PeerOf(_moderator));
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
    public void A_message_is_its_senders_alone() =>
        Should.Throw<MlsException>(() => _atAlice.Unprotect(_atModerator.Protect("hello"u8, "header"u8), PeerOf(_bob), "header"u8)).Error.ShouldBe(MlsError.CredentialRefused);

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
    public void Commits_are_followed_in_their_order_alone()
    {
        var (second, addBob, _) = _atModerator.Add(_atBob.KeyPackage(), PeerOf(_bob));
        var (third, removeBob) = _atModerator.Remove(PeerOf(_bob));

        Should.Throw<MlsException>(() => _atAlice.Take(third, removeBob, Removed(_bob))).Error.ShouldBe(MlsError.WrongEpoch);
        _atAlice.Take(second, addBob, Added(_bob)).ShouldBeTrue();
        _atAlice.Take(third, removeBob, Removed(_bob)).ShouldBeTrue();

        _atAlice.Epoch.ShouldBe(_atModerator.Epoch);
        _atModerator.Unprotect(_atAlice.Protect("hello"u8, "header"u8), PeerOf(_alice), "header"u8).ShouldBe("hello"u8.ToArray());
    }

    [Fact]
    public void A_commit_that_comes_again_is_not_followed_again()
    {
        var (number, commit, _) = _atModerator.Add(_atBob.KeyPackage(), PeerOf(_bob));

        _atAlice.Take(number, commit, Added(_bob)).ShouldBeTrue();
        _atAlice.Take(number, commit, Added(_bob)).ShouldBeFalse();

        _atAlice.Epoch.ShouldBe(_atModerator.Epoch);
    }

    [Fact]
    public void A_message_of_the_epoch_before_still_opens()
    {
        var message = _atModerator.Protect("hello"u8, "header"u8);
        var (number, commit, _) = _atModerator.Add(_atBob.KeyPackage(), PeerOf(_bob));
        _atAlice.Take(number, commit, Added(_bob));

        _atAlice.Unprotect(message, PeerOf(_moderator), "header"u8).ShouldBe("hello"u8.ToArray());
    }

    [Fact]
    public void A_commit_must_do_what_is_said_of_it()
    {
        var (number, commit, _) = _atModerator.Add(_atBob.KeyPackage(), PeerOf(_bob));

        foreach (var other in new[] { Added(_alice), Removed(_bob), Removed(_alice), new GroupChange(GroupUpdateOperation.Rejoin, PeerOf(_bob).NameId), new GroupChange(GroupUpdateOperation.Add, null) })
            Should.Throw<MlsException>(() => _atAlice.Take(number, commit, other)).Error.ShouldBe(MlsError.CredentialRefused);
        _atAlice.Take(number, commit, Added(_bob)).ShouldBeTrue();
    }

    [Fact]
    public void A_commit_of_a_member_who_is_not_the_moderator_is_refused()
    {
        var (number, commit, welcome) = _atModerator.Add(_atBob.KeyPackage(), PeerOf(_bob));
        _atAlice.Take(number, commit, Added(_bob));
        _atBob.Join(welcome, number, PeerOf(_moderator));

        var (next, removal) = _atBob.Remove(PeerOf(_moderator));

        Should.Throw<MlsException>(() => _atAlice.Take(next, removal, Removed(_moderator))).Error.ShouldBe(MlsError.CredentialRefused);
        _atAlice.Unprotect(_atModerator.Protect("hello"u8, "header"u8), PeerOf(_moderator), "header"u8).ShouldBe("hello"u8.ToArray());
    }

    [Fact]
    public void A_welcome_is_the_moderators_and_for_this_agent()
    {
        using var carol = SlimIdentity.SharedSecret("org/ns/carol", Parties.Secret);
        using var atCarol = Keys(carol);
        var keyPackage = atCarol.KeyPackage();
        var (_, _, byAlice) = _atAlice.Add(keyPackage, PeerOf(carol));
        var (_, _, forBob) = _atModerator.Add(_atBob.KeyPackage(), PeerOf(_bob));
        var (number, _, forCarol) = _atModerator.Add(keyPackage, PeerOf(carol));

        Should.Throw<MlsException>(() => atCarol.Join(byAlice, number, PeerOf(_moderator))).Error.ShouldBe(MlsError.WelcomeMismatch);
        Should.Throw<MlsException>(() => atCarol.Join(forBob, number, PeerOf(_moderator)));
        atCarol.Epoch.ShouldBeNull();
        atCarol.Join(forCarol, number, PeerOf(_moderator));
        atCarol.Unprotect(_atModerator.Protect("hello"u8, "header"u8), PeerOf(_moderator), "header"u8).ShouldBe("hello"u8.ToArray());
    }

    [Fact]
    public void Who_has_missed_commits_is_taken_in_again_and_the_others_follow()
    {
        var (second, addBob, forBob) = _atModerator.Add(_atBob.KeyPackage(), PeerOf(_bob));
        _atBob.Join(forBob, second, PeerOf(_moderator));
        var (third, readmission, welcome) = _atModerator.Readmit(_atAlice.KeyPackage(), PeerOf(_alice), PeerOf(_alice));

        _atBob.Take(third, readmission, new GroupChange(GroupUpdateOperation.Rejoin, PeerOf(_alice).NameId)).ShouldBeTrue();
        Should.Throw<MlsException>(() => _atAlice.Take(third, readmission, new GroupChange(GroupUpdateOperation.Rejoin, PeerOf(_alice).NameId)));
        _atAlice.Join(welcome, third, PeerOf(_moderator));

        (_atAlice.Epoch, _atAlice.LastCommit).ShouldBe((_atModerator.Epoch, third));
        _atBob.Unprotect(_atAlice.Protect("hello"u8, "header"u8), PeerOf(_alice), "header"u8).ShouldBe("hello"u8.ToArray());
        _atAlice.Take(second, addBob, Added(_bob)).ShouldBeFalse();
    }

    private static GroupChange Added(SlimIdentity identity) => new(GroupUpdateOperation.Add, PeerOf(identity).NameId);

    private static GroupChange Removed(SlimIdentity identity) => new(GroupUpdateOperation.Remove, PeerOf(identity).NameId);

    private static SessionKeys Keys(SlimIdentity identity) => new(identity, TimeProvider.System);

    private static SlimPeer PeerOf(SlimIdentity identity) => identity.Verify(identity.Token(DateTimeOffset.UtcNow), now: null).ShouldNotBeNull();
}
