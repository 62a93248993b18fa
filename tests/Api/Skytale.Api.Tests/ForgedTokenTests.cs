using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Skytale.Accounts;
using Skytale.Protocol;
using Skytale.Security.Tokens;

namespace Skytale.Tests;

/// <summary>Tokens that this server did not sign, or not for this use: the API and the relay's check refuse them alike.</summary>
public sealed class ForgedTokenTests : IAsyncLifetime
{
    private const int Timeout = 60_000;
    private readonly TemporaryFolder _folder = new();
    private ApiServer _server = null!;
    private Customer _customer = null!;
    private string _agentToken = "";

    public async ValueTask InitializeAsync()
    {
        _server = await ApiServer.StartAsync(_folder.Path, null, "--Roles=api"); // Where hours pass, nothing else waits for them.
        _customer = await _server.SignUpAsync("a");
        _agentToken = (await _server.PostAsync("/tokens", new { agent = "a" }, _customer.ApiKey))["token"];
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact(Timeout = Timeout)]
    public async Task The_real_tokens_are_accepted()
    {
        (await KeysAsync(_customer.Token)).Status.ShouldBe(201);
        (await RelayAsync(_agentToken)).IsSuccess.ShouldBeTrue();
    }

    [Fact(Timeout = Timeout)]
    public async Task A_token_for_SLIM_is_good_for_SLIM_alone()
    {
        var answer = await _server.PostAsync("/tokens", new { agent = "a", audience = "slim" }, _customer.ApiKey);
        answer.Status.ShouldBe(200, answer.ToString());
        var verifier = _server.Host.Services.GetRequiredService<TokenVerifier>();
        var verified = await verifier.VerifySlimTokenAsync(new SecretText(answer["token"]));
        verified.IsSuccess.ShouldBeTrue();
        verified.Value.AgentId.ToString().ShouldBe(answer["agent_id"]);
        (await RelayAsync(answer["token"])).Refusal.ShouldNotBeNull().Code.ShouldBe(ErrorCode.WrongAudience);
        (await KeysAsync(answer["token"])).Status.ShouldBe(401);
        (await _server.PostAsync("/tokens", new { agent = "a" }, answer["token"])).Status.ShouldBe(401);
        (await verifier.VerifySlimTokenAsync(new SecretText(_agentToken))).Refusal.ShouldNotBeNull().Code.ShouldBe(ErrorCode.WrongAudience);
        (await verifier.VerifySlimTokenAsync(new SecretText(_customer.Token))).Refusal.ShouldNotBeNull().Code.ShouldBe(ErrorCode.WrongAudience);
    }

    [Theory(Timeout = Timeout)]
    [InlineData("")]
    [InlineData("localhost")]
    [InlineData("skytale-api")]
    public async Task Another_audience_cannot_be_asked_for(string audience)
    {
        var answer = await _server.PostAsync("/tokens", new { agent = "a", audience }, _customer.ApiKey);
        answer.Status.ShouldBe(422, answer.ToString());
    }

    [Fact(Timeout = Timeout)]
    public async Task A_token_without_a_signature_is_refused()
    {
        await BothRefuse(Forgery.Unsigned);
        await BothRefuse(token => $"{Forgery.Unsigned(token)}{token.Split('.')[2]}");
    }

    [Fact(Timeout = Timeout)]
    public async Task A_token_signed_with_the_public_key_as_a_shared_secret_is_refused()
    {
        var key = Key.Public;
        foreach (var secret in new[] { Encoding.UTF8.GetBytes(key.X + key.Y), Forgery.PointOf(key) })
            await BothRefuse(token => Forgery.SignedHs256(token, secret, key.Kid));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_token_signed_with_another_key_of_the_same_id_is_refused()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await BothRefuse(token =>
        {
            var signed = string.Join('.', token.Split('.')[..2]);
            return $"{signed}.{Base64UrlEncoder.Encode(other.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256))}";
        });
    }

    [Fact(Timeout = Timeout)]
    public async Task A_token_with_a_changed_claim_is_refused() =>
        await BothRefuse(token =>
        {
            var parts = token.Split('.');
            var payload = Base64UrlEncoder.Decode(parts[1]).Replace("\"jti\":\"", "\"jti\":\"0", StringComparison.Ordinal);
            return $"{parts[0]}.{Base64UrlEncoder.Encode(payload)}.{parts[2]}";
        });

    [Theory(Timeout = Timeout)]
    [InlineData("x")]
    [InlineData("..")]
    [InlineData("a.b.c")]
    [InlineData("a.b.c.d.e")]
    public async Task What_is_no_token_at_all_is_refused(string text) => await BothRefuse(_ => text);

    [Fact(Timeout = Timeout)]
    public async Task A_token_for_another_use_is_refused()
    {
        var agentAtApi = await KeysAsync(_agentToken);
        (agentAtApi.Status, agentAtApi.Code).ShouldBe((401, "wrong_audience"));
        (await RelayAsync(_customer.Token)).Refusal!.Code.ShouldBe(ErrorCode.WrongAudience);
        (await Verifier.VerifyAgentTokenAsync(new SecretText(_agentToken), "another-relay")).Refusal!.Code.ShouldBe(ErrorCode.WrongAudience);
        (await new TokenVerifier("another-issuer", [Key.Public], _server.Time).VerifyAgentTokenAsync(new SecretText(_agentToken), "localhost"))
            .Refusal!.Code.ShouldBe(ErrorCode.InvalidToken);
    }

    [Fact(Timeout = Timeout)]
    public async Task An_agents_token_expires_after_an_hour()
    {
        _server.Time.Advance(TimeSpan.FromMinutes(59));
        (await RelayAsync(_agentToken)).IsSuccess.ShouldBeTrue();
        _server.Time.Advance(TimeSpan.FromMinutes(1) + TokenVerifier.ClockSkew);
        (await RelayAsync(_agentToken)).Refusal!.Code.ShouldBe(ErrorCode.ExpiredToken);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_signed_token_whose_confirmation_is_not_its_subjects_key_is_refused()
    {
        var claims = new JsonWebToken(_agentToken).Claims.Where(claim => claim.Type is not ("cnf" or "aud" or "iss" or "exp" or "iat")).ToList();
        claims.Add(new Claim("cnf", $$$"""{"jwk":{"kty":"OKP","crv":"Ed25519","x":"{{{Base64UrlEncoder.Encode(new byte[32])}}}"}}""", JsonClaimValueTypes.Json));
        using var key = ECDsa.Create();
        key.ImportFromPem(await File.ReadAllTextAsync(_folder.File("server/token-key.pem")));
        var token = new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Subject = new ClaimsIdentity(claims),
            Issuer = "skytale",
            Audience = "localhost",
            Expires = _server.Time.GetUtcNow().AddMinutes(5).UtcDateTime,
            SigningCredentials = new SigningCredentials(new ECDsaSecurityKey(key) { KeyId = Key.Public.Kid }, SecurityAlgorithms.EcdsaSha256),
        });
        (await RelayAsync(token)).Refusal!.Code.ShouldBe(ErrorCode.InvalidToken);
    }

    private TokenSigner Key => _server.Host.Services.GetRequiredService<TokenSigner>();

    private TokenVerifier Verifier => new("skytale", [Key.Public], _server.Time);

    private Task<Answer> KeysAsync(string token) => _server.PostAsync($"/accounts/{_customer.Id}/keys", new { }, token);

    private Task<Result<VerifiedToken>> RelayAsync(string token) => Verifier.VerifyAgentTokenAsync(new SecretText(token), "localhost");

    private async Task BothRefuse(Func<string, string> forge)
    {
        var answer = await KeysAsync(forge(_customer.Token));
        (answer.Status, answer.Code).ShouldBe((401, "invalid_token"));
        (await RelayAsync(forge(_agentToken))).Refusal!.Code.ShouldBe(ErrorCode.InvalidToken);
    }
}
