using Skytale.LivePeers.Tests.Peers;

namespace Skytale.LivePeers.Tests.Slim;

/// <summary>Who gets in over TLS, and who does not.</summary>
[Trait("Category", "Live")]
[Collection(typeof(OneDeployment))]
public sealed class CredentialTests(Deployment deployment)
{
    private const int Timeout = 120_000;

    /// <summary>At the server's own proxy and at the other, which asks the API of another process.</summary>
    [Theory(Timeout = Timeout)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_token_lets_in_and_so_does_an_API_key(bool atTheSecond)
    {
        var endpoint = atTheSecond ? deployment.Second.Endpoint : deployment.Endpoint;
        await using var alice = await SlimApplication.ConnectAsync(endpoint, deployment.Unique("alice"), await deployment.BearerAsync("alice"));
        await using var bob = await SlimApplication.ConnectAsync(endpoint, deployment.Unique("bob"), deployment.Basic("bob"));
        var (listening, ours) = (bob.ListenAsync(), await alice.OpenAsync(bob.Name, new SessionKind()));
        await alice.PublishAsync(ours, "over TLS");
        (await bob.ReceiveAsync(await listening)).Text.ShouldBe("over TLS");
    }

    public enum Shown
    {
        Nothing,
        NoToken,
        TokenForTheRelay,
        WrongKey,
        UnknownAgent,
    }

    [Theory(Timeout = Timeout)]
    [InlineData(Shown.Nothing)]
    [InlineData(Shown.NoToken)]
    [InlineData(Shown.TokenForTheRelay)]
    [InlineData(Shown.WrongKey)]
    [InlineData(Shown.UnknownAgent)]
    public async Task Who_shows_something_else_is_turned_away(Shown shown)
    {
        var credentials = shown switch
        {
            Shown.NoToken => deployment.Nothing with { TokenFile = await deployment.Customer.FileOfAsync("no token") },
            Shown.TokenForTheRelay => deployment.Nothing with { TokenFile = await deployment.Customer.TokenFileAsync("alice", audience: null) },
            Shown.WrongKey => deployment.Basic() with { Password = "no key" },
            Shown.UnknownAgent => deployment.Basic("nobody"),
            _ => deployment.Nothing,
        };
        await RefusedAsync(deployment.Unique("eve"), credentials);
    }

    [Fact(Timeout = Timeout)]
    public async Task Nobody_gets_in_without_TLS_or_trust()
    {
        var credentials = await deployment.BearerAsync();
        await RefusedAsync(deployment.Unique("eve"), credentials with { Ca = deployment.Second.Certificate });
        await RefusedAsync(deployment.Unique("eve"), credentials with { Ca = null }, deployment.Endpoint.Replace("https", "http", StringComparison.Ordinal));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_name_of_anothers_organisation_is_not_to_be_had()
    {
        await RefusedAsync("others/ns/alice", await deployment.BearerAsync());
        await using var alice = await deployment.ConnectAsync(deployment.Endpoint, "alice");
        var refused = await Should.ThrowAsync<PeerException>(alice.SubscribeAsync("others/ns/room"));
        refused.Message.ShouldContain("ack rejected");
    }

    private async Task RefusedAsync(string name, Credentials credentials, string? endpoint = null)
    {
        try
        {
            await using var letIn = await SlimApplication.ConnectAsync(endpoint ?? deployment.Endpoint, name, credentials, attempts: 2);
        }
        catch (PeerException)
        {
            return; // Anything else is no refusal: that the peer is not installed, above all.
        }
        throw new ShouldAssertException($"{name} was let in.");
    }
}
