using System.Security.Cryptography;
using System.Text;
using Skytale.LivePeers.Tests.Peers;
using Skytale.Sdk.Slim;
using Skytale.Tests.EndToEnd;

namespace Skytale.LivePeers.Tests.Slim;

/// <summary>Native agents and applications over the real client that know one another by JSON web tokens.</summary>
[Trait("Category", "Live")]
public sealed class JwtTests(NativeServer server) : IClassFixture<NativeServer>, IDisposable
{
    private const int Patience = 120_000;
    private const string Issuer = "https://issuer.example";
    private const string Audience = "applications";

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _key.Dispose();

    [Theory(Timeout = Patience)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_application_calls_a_native_agent_and_is_called_by_it(bool mls)
    {
        await using var account = await server.SignUpAsync();
        var native = await NativeAsync(account);
        await using var application = await ApplicationAsync(account, "application");

        var theirs = await application.OpenAsync(account.NameOf("native"), new SessionKind(mls, 20));
        await TalkAsync(await native.AcceptAsync(Cancel), application, theirs);

        var listening = application.ListenAsync();
        var ours = await native.ConnectAsync(application.Name, new SlimSessionOptions { Encrypted = mls }, Cancel);
        await TalkAsync(ours, application, await listening);
    }

    [Fact(Timeout = Patience)]
    public async Task Groups_are_of_those_whom_a_token_names()
    {
        await using var account = await server.SignUpAsync();
        var native = await NativeAsync(account);
        await using var alice = await ApplicationAsync(account, "alice");
        await using var bob = await ApplicationAsync(account, "bob");

        var room = native.CreateGroup(account.NameOf("room"));
        var atAlice = await NativeAgentTests.InviteAsync(alice, () => room.InviteAsync(alice.Name, Cancel));
        var atBob = await NativeAgentTests.InviteAsync(bob, () => room.InviteAsync(bob.Name, Cancel));
        await NativeAgentTests.EverybodyHearsAsync(room, (alice, atAlice), (bob, atBob));

        atAlice = await alice.OpenGroupAsync(account.NameOf("theirs"), new SessionKind(Mls: true, 20));
        await alice.InviteAsync(atAlice, account.NameOf("native"));
        var ours = await native.AcceptAsync(Cancel);
        atBob = await NativeAgentTests.InviteAsync(bob, () => alice.InviteAsync(atAlice, bob.Name));
        await NativeAgentTests.EverybodyHearsAsync(ours, (alice, atAlice), (bob, atBob));
    }

    [Fact(Timeout = Patience)]
    public async Task Who_is_signed_by_another_key_is_not_heard_on_either_side()
    {
        using var another = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await using var account = await server.SignUpAsync();
        var native = await NativeAsync(account);
        await using var stranger = await ApplicationAsync(account, "stranger", another);

        await RefusedAsync(account, native, stranger);
    }

    /// <summary>The native agent's clock says so, in one of the directions its own tokens are too old, in the other the application's.</summary>
    [Theory(Timeout = Patience)]
    [InlineData(-3)]
    [InlineData(3)]
    public async Task A_token_that_has_expired_does_not_hold(int hours)
    {
        await using var account = await server.SignUpAsync();
        var native = await NativeAsync(account, hours);
        await using var application = await ApplicationAsync(account, "application");

        if (hours < 0)
            (await Should.ThrowAsync<SlimException>(ConnectAsync(native, application))).Error.ShouldBe(SlimError.NoAnswer);
        else
            await Should.ThrowAsync<PeerException>(application.OpenAsync(account.NameOf("native"), new SessionKind(MaxRetries: 2, Interval: 200)));
    }

    private static async Task RefusedAsync(SlimAccount account, SlimAgent native, SlimApplication stranger)
    {
        await Should.ThrowAsync<PeerException>(stranger.OpenAsync(account.NameOf("native"), new SessionKind(MaxRetries: 2, Interval: 200)));
        (await Should.ThrowAsync<SlimException>(ConnectAsync(native, stranger))).Error.ShouldBe(SlimError.NoAnswer);
    }

    private static Task<SlimSession> ConnectAsync(SlimAgent native, SlimApplication application) =>
        native.ConnectAsync(application.Name, new SlimSessionOptions { MaxRetries = 2, Interval = TimeSpan.FromMilliseconds(200) }, Cancel);

    private static async Task TalkAsync(SlimSession ours, SlimApplication application, int theirs)
    {
        await ours.SendAsync("hello"u8.ToArray(), cancellationToken: Cancel);
        (await application.ReceiveAsync(theirs)).Text.ShouldBe("hello");
        await application.PublishAsync(theirs, "hello back");
        Encoding.UTF8.GetString((await ours.ReceiveAsync(Cancel)).Payload.Span).ShouldBe("hello back");
    }

    /// <param name="hours">How far its clock is ahead.</param>
    private async Task<SlimAgent> NativeAsync(SlimAccount account, int hours = 0)
    {
        var identity = SlimIdentity.Jwt(new SlimJwtOptions
        {
            Subject = account.NameOf("native"),
            Issuer = Issuer,
            Audience = Audience,
            SigningKey = _key.ExportPkcs8PrivateKeyPem(),
            TrustedKeys = [_key.ExportSubjectPublicKeyInfoPem()],
        });
        return (await account.ConnectAsync("native", options => options with { Identity = identity, Time = new ShiftedTime(TimeSpan.FromHours(hours)) })).Slim;
    }

    private Task<SlimApplication> ApplicationAsync(SlimAccount account, string application, ECDsa? signer = null)
    {
        var identity = new JwtIdentity(account.NameOf(application), Issuer, Audience, (signer ?? _key).ExportPkcs8PrivateKeyPem(), (signer ?? _key).ExportSubjectPublicKeyInfoPem());
        return SlimApplication.ConnectAsync(server.Endpoint, account.NameOf(application), identity: identity);
    }

    /// <summary>A clock that goes as others do, and is wrong.</summary>
    private sealed class ShiftedTime(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + by;
    }
}
