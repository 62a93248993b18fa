using System.Security.Cryptography;
using Skytale.Protocol;
using Skytale.Protocol.Frames;
using Skytale.Relay.Tests.Kit;
using Skytale.Security.Tokens;
using Skytale.Server.Operations;
using Skytale.Server.Relay;
using Skytale.Tests;

namespace Skytale.Relay.Tests;

/// <summary>Who gets in. Whatever fails is refused with its code, the connection closed with it, and those who are in go on.</summary>
public sealed class HandshakeTests : IAsyncLifetime
{
    private const int Timeout = 60_000;
    private TestRelay _relay = null!;
    private TestAgent[] _members = [];

    public async ValueTask InitializeAsync()
    {
        _relay = await TestRelay.StartAsync();
        _members = await _relay.ChannelOfAsync(2);
    }

    public async ValueTask DisposeAsync()
    {
        await _members[0].SendAsync("the channel works");
        (await _members[1].CatchUpAsync()).ShouldBe(["the channel works"]);
        await _relay.DisposeAsync();
    }

    [Fact(Timeout = Timeout)]
    public async Task A_listed_server_name_is_as_good_as_the_relays_own()
    {
        await using var connection = await _relay.NewAgent().ConnectAsync("relay.example.org");
        await connection.RefusedAsync(ErrorCode.NotAMember, request => new AddMember(request, _members[0].ChannelId, _members[1].Id));
    }

    [Fact(Timeout = Timeout)]
    public async Task An_expired_token_is_refused()
    {
        var agent = _relay.NewAgent();
        var token = agent.Token();
        _relay.Time.Advance(TimeSpan.FromHours(1) + TokenVerifier.ClockSkew);
        await RefusedAtHelloAsync(agent.Hello(token), ErrorCode.ExpiredToken);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_token_that_another_key_signed_is_refused()
    {
        using var folder = new TemporaryFolder();
        using var key = TokenSigningKey.LoadOrCreate(folder.File("other.pem"));
        var agent = _relay.NewAgent();
        var forged = agent.Token(new TokenIssuer(new TokenOptions { RelayName = TestRelay.Name }, key, _relay.Time));
        await RefusedAtHelloAsync(agent.Hello(forged), ErrorCode.InvalidToken);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_token_that_was_altered_or_is_none_is_refused()
    {
        var agent = _relay.NewAgent();
        var parts = agent.Token().Split('.');
        var others = _relay.NewAgent("rich").Token().Split('.');
        foreach (var token in new[] { "", "nonsense", $"{parts[0]}.{others[1]}.{parts[2]}", $"{parts[0]}.{parts[1]}." })
            await RefusedAtHelloAsync(agent.Hello(token), ErrorCode.InvalidToken);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_token_of_another_agent_is_refused() =>
        await RefusedAtHelloAsync(_relay.NewAgent().Hello(_members[0].Token()), ErrorCode.InvalidToken);

    [Fact(Timeout = Timeout)]
    public async Task A_stolen_token_with_its_agents_id_is_refused_at_the_proof()
    {
        var thief = _relay.NewAgent();
        var stolen = _members[0].Hello();
        await RefusedAtProofAsync(stolen, (challenge, connection) => thief.Prove(stolen, challenge, connection.Transport));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_token_for_another_relay_is_refused()
    {
        var agent = _relay.NewAgent();
        await RefusedAtHelloAsync(agent.Hello(agent.Token(_relay.IssuerFor("another.example.org"))), ErrorCode.WrongAudience);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_server_name_that_is_not_the_relays_is_refused() =>
        await RefusedAtHelloAsync(_relay.NewAgent().Hello(serverName: "evil.example.org"), ErrorCode.InvalidProof);

    [Fact(Timeout = Timeout)]
    public async Task A_wrong_signature_is_refused() =>
        await RefusedAtProofAsync(_relay.NewAgent().Hello(), (_, _) => new Proof(RandomNumberGenerator.GetBytes(64)));

    [Fact(Timeout = Timeout)]
    public async Task A_proof_is_good_for_its_connection_alone()
    {
        var agent = _relay.NewAgent();
        var hello = agent.Hello();
        await using var first = await _relay.DialAsync();
        await first.SendAsync(hello);
        var proof = agent.Prove(hello, await first.ReadAsync<Challenge>(), first.Transport);
        await RefusedAtProofAsync(hello, (_, _) => proof);
        await first.SendAsync(proof);
        await first.ReadAsync<Ready>();
    }

    [Fact(Timeout = Timeout)]
    public async Task A_proof_made_for_another_dialled_name_is_refused()
    {
        var agent = _relay.NewAgent();
        var hello = agent.Hello();
        await RefusedAtProofAsync(hello, (challenge, connection) => agent.Prove(hello with { ServerName = "relay.example.org" }, challenge, connection.Transport));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_proof_for_another_certificate_is_refused()
    {
        var agent = _relay.NewAgent();
        var hello = agent.Hello();
        await RefusedAtProofAsync(hello, (challenge, connection) => agent.Prove(hello, challenge, connection.Transport, RandomNumberGenerator.GetBytes(32)));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_request_before_the_handshake_is_refused()
    {
        var (creation, _) = _relay.NewAgent().NewCreation("org/team/early");
        await RefusedAtHelloAsync(TestAgent.RequestOf("org/team/early", creation)(new RequestId(1)), ErrorCode.UnexpectedFrame);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_request_in_place_of_the_proof_is_refused()
    {
        var agent = _relay.NewAgent();
        await RefusedAsync(agent.Hello(), ErrorCode.UnexpectedFrame, (_, _) => new AddMember(new RequestId(1), _members[0].ChannelId, agent.Id));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_handshake_that_takes_too_long_is_ended()
    {
        await using var connection = await _relay.DialAsync();
        await connection.SendAsync(_relay.NewAgent().Hello());
        await connection.ReadAsync<Challenge>();
        _relay.Time.Advance(TimeSpan.FromSeconds(10));
        (await connection.ReadAsync<Refused>()).Code.ShouldBe(ErrorCode.HandshakeTimeout);
        await connection.ClosedAsync(ErrorCode.HandshakeTimeout);
    }

    [Fact(Timeout = Timeout)]
    public async Task Before_the_proof_frames_are_small()
    {
        await using var connection = await _relay.DialAsync();
        await connection.WriteAsync(new byte[] { 0, 0, 0x40, 1 });
        (await connection.ReadAsync<Refused>()).Code.ShouldBe(ErrorCode.FrameTooLarge);
        await connection.ClosedAsync(ErrorCode.FrameTooLarge);
    }

    [Fact(Timeout = Timeout)]
    [Trait("Category", "Slow")]
    public async Task Strangers_cannot_fill_the_log()
    {
        for (var i = 0; i < 3 * FewLines.PerSecond; i++)
            await StrangerAsync();
        _relay.Log.Lines.Count.ShouldBe(FewLines.PerSecond);

        _relay.Time.Advance(TimeSpan.FromSeconds(1));
        await StrangerAsync();

        _relay.Log.Lines.Count.ShouldBe(FewLines.PerSecond + 2);
        _relay.Log.Lines.ShouldContain(line => line.Contains($"{2 * FewLines.PerSecond} more lines"));

        async Task StrangerAsync()
        {
            await using var connection = await _relay.DialAsync();
            await connection.SendAsync(_relay.NewAgent().Hello("no token"));
            await connection.ReadAsync<Refused>();
            await connection.ClosedAsync(ErrorCode.InvalidToken);
        }
    }

    private Task RefusedAtHelloAsync(Frame first, ErrorCode code) => RefusedAsync(first, code, null);

    private Task RefusedAtProofAsync(Hello hello, Func<Challenge, TestConnection, Frame> answer) => RefusedAsync(hello, ErrorCode.InvalidProof, answer);

    private async Task RefusedAsync(Frame first, ErrorCode code, Func<Challenge, TestConnection, Frame>? answer)
    {
        await using var connection = await _relay.DialAsync();
        await connection.SendAsync(first);
        if (answer is not null)
            await connection.SendAsync(answer(await connection.ReadAsync<Challenge>(), connection));
        var refused = await connection.ReadAsync<Refused>();
        (refused.RequestId, refused.Code).ShouldBe((default, code), refused.Detail);
        await connection.ClosedAsync(code);
        _relay.Log.Lines.ShouldContain(line => line.Contains(code.Name()));
    }
}
