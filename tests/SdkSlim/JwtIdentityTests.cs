using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Skytale.Protocol.Envelopes;
using Skytale.Sdk.Slim;
using Skytale.Tests.Kit;

namespace Skytale.Tests;

public sealed class JwtIdentityTests : IDisposable
{
    private const string Header = """{"typ":"JWT","alg":"ES256"}""";

    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);

    private readonly JwtIssuer _issuer = new();
    private readonly SlimIdentity _alice;
    private readonly SlimIdentity _bob;

    public JwtIdentityTests() => (_alice, _bob) = (_issuer.Identity("alice"), _issuer.Identity("bob"));

    public void Dispose()
    {
        _alice.Dispose();
        _bob.Dispose();
        _issuer.Dispose();
    }

    [Fact]
    public void A_token_names_its_owner_to_whoever_trusts_the_key()
    {
        var peer = _bob.Verify(_alice.Token(Now), Now).ShouldNotBeNull();

        peer.Subject.ShouldBe("alice");
        peer.PublicKey.ToArray().ShouldBe(_alice.Keys.PublicKey.Value.Memory.ToArray());
        peer.NameId.ShouldBe(SlimNameId.OfText("alice"));
        _bob.SubjectOf(_alice.Token(Now)).ShouldBe("alice");
    }

    [Fact]
    public void A_token_says_what_the_standard_has_a_name_for()
    {
        var parts = _alice.Token(Now).Split('.');

        Base64Url.DecodeFromChars(parts[0]).ShouldBe(Encoding.UTF8.GetBytes(Header));
        using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1]));
        var root = claims.RootElement;
        (root.GetProperty("iss").GetString(), root.GetProperty("sub").GetString(), root.GetProperty("aud")[0].GetString()).ShouldBe(("https://issuer.example", "alice", "slim"));
        (root.GetProperty("iat").GetInt64(), root.GetProperty("nbf").GetInt64(), root.GetProperty("exp").GetInt64()).ShouldBe((1_800_000_000, 1_800_000_000, 1_800_003_600));
    }

    [Fact]
    public void One_of_several_keys_is_enough_and_none_is_not()
    {
        using var other = new JwtIssuer();
        using var carol = SlimIdentity.Jwt(_issuer.Options("carol") with { TrustedKeys = [other.PublicKey, _issuer.PublicKey] });
        using var mallory = other.Identity("alice");

        carol.Verify(_alice.Token(Now), Now).ShouldNotBeNull();
        carol.Verify(mallory.Token(Now), Now).ShouldNotBeNull();
        _bob.Verify(mallory.Token(Now), Now).ShouldBeNull();
        _bob.Verify(mallory.Token(Now), now: null).ShouldBeNull();
    }

    [Theory]
    [InlineData(-60, true)]
    [InlineData(-61, false)]
    [InlineData(3659, true)]
    [InlineData(3660, false)]
    public void A_token_holds_for_an_hour_and_the_clocks_difference(int age, bool holds)
    {
        var token = _alice.Token(Now);

        (_bob.Verify(token, Now.AddSeconds(age)) is not null).ShouldBe(holds);
        (_bob.Verify(token, Now.AddSeconds(age)) is not null).ShouldBe(holds, "a second time");
        _bob.Verify(token, now: null).ShouldNotBeNull();
    }

    [Fact]
    public void A_token_for_another_audience_or_of_another_issuer_does_not_hold()
    {
        using var elsewhere = SlimIdentity.Jwt(_issuer.Options("alice") with { Audience = "elsewhere" });
        using var others = SlimIdentity.Jwt(_issuer.Options("alice") with { Issuer = "https://others.example" });

        _bob.Verify(elsewhere.Token(Now), Now).ShouldBeNull();
        _bob.Verify(others.Token(Now), Now).ShouldBeNull();
    }

    [Fact]
    public void Whatever_is_changed_in_a_token_it_does_not_hold()
    {
        var token = _alice.Token(Now);

        for (var i = 0; i < token.Length; i++)
        {
            var changed = new StringBuilder(token) { [i] = token[i] == 'A' ? 'Q' : 'A' }.ToString();
            _bob.Verify(changed, now: null).ShouldBeNull($"character {i}");
            _bob.Verify(token.Remove(i, 1), now: null).ShouldBeNull($"without character {i}");
        }
        foreach (var junk in new[] { "", "..", "a.b", "a.b.c.d", token + "A", token + ".", "=.=.=", $"\u00e9.{token}" })
            _bob.Verify(junk, now: null).ShouldBeNull(junk);
    }

    [Fact]
    public void Claims_are_read_where_all_are_there()
    {
        Holds(Header, Claims()).ShouldBeTrue();
        Holds(Header, Claims(audience: "\"slim\"")).ShouldBeTrue();
        Holds(Header, Claims(audience: """[1, "others", "slim"]""")).ShouldBeTrue();
    }

    [Theory]
    [InlineData("""{"alg":"none"}""")]
    [InlineData("""{"alg":"HS256"}""")]
    [InlineData("""{"alg":"ES256","crit":["exp"]}""")]
    [InlineData("""{"typ":"JWT"}""")]
    [InlineData("""{"alg":"\ud800"}""")]
    [InlineData("[]")]
    [InlineData("no JSON")]
    public void A_header_of_another_algorithm_is_refused_however_it_is_signed(string header) => Holds(header, Claims()).ShouldBeFalse();

    [Theory]
    [InlineData("no JSON")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"iss":"https://issuer.example","sub":"alice","aud":"slim","exp":1900000000}""")]
    [InlineData("""{"iss":"https://issuer.example","sub":"alice","aud":"slim","pubkey":"AAAA"}""")]
    [InlineData("""{"iss":"https://issuer.example","sub":"","aud":"slim","exp":1900000000,"pubkey":"AAAA"}""")]
    [InlineData("""{"iss":"https://issuer.example","sub":"\ud800","aud":"slim","exp":1900000000,"pubkey":"AAAA"}""")]
    [InlineData("""{"iss":"https://issuer.example","sub":"alice","aud":"slim","exp":1900000000,"pubkey":"\ud800"}""")]
    [InlineData("""{"iss":"https://issuer.example","sub":"alice","aud":"slim","exp":"1900000000","pubkey":"AAAA"}""")]
    [InlineData("""{"iss":"https://issuer.example","sub":"alice","sub":"bob","aud":"slim","exp":1900000000,"pubkey":"AAAA"}""")]
    public void Claims_that_do_not_say_who_until_when_are_refused(string claims) => Holds(Header, claims).ShouldBeFalse();

    [Fact]
    public void Tokens_that_held_are_remembered_up_to_a_bound()
    {
        var remembered = new VerifiedTokens();
        var verified = new VerifiedToken(new JwtClaims("", "", [], 0, null, default), new SlimPeer("", default));
        for (var i = 0; i <= VerifiedTokens.Capacity; i++)
            remembered.Add($"{i}", verified);
        remembered.Add("1", verified);

        remembered.Find("0").ShouldBeNull();
        remembered.Find("1").ShouldBe(verified);
        remembered.Find($"{VerifiedTokens.Capacity}").ShouldBe(verified);
    }

    [Fact]
    public void What_cannot_be_an_identity_is_refused()
    {
        using var p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        var options = _issuer.Options("alice");

        foreach (var wrong in new[]
        {
            options with { Subject = "" },
            options with { Issuer = "" },
            options with { Audience = "" },
            options with { TrustedKeys = [] },
            options with { TrustedKeys = ["no key"] },
            options with { TrustedKeys = [p384.ExportSubjectPublicKeyInfoPem()] },
            options with { SigningKey = _issuer.PublicKey },
            options with { SigningKey = "no key" },
            options with { Lifetime = TimeSpan.FromMinutes(1) },
        })
        {
            Should.Throw<SlimException>(() => SlimIdentity.Jwt(wrong)).Error.ShouldBe(SlimError.InvalidArgument);
        }
    }

    [Fact]
    public async Task Agents_with_tokens_talk_encrypted_and_who_is_signed_by_another_key_is_not_answered()
    {
        var cancelled = TestContext.Current.CancellationToken;
        using var other = new JwtIssuer();
        await using var parties = new Parties();
        var alice = await parties.OpenAsync("org/ns/alice", _issuer.Identity("alice"));
        var bob = await parties.OpenAsync("org/ns/bob", _issuer.Identity("bob"));
        var mallory = await parties.OpenAsync("org/ns/mallory", other.Identity("bob"));

        var quick = new SlimSessionOptions { Interval = TimeSpan.FromMilliseconds(20), MaxRetries = 2 };
        (await Should.ThrowAsync<SlimException>(() => mallory.ConnectAsync("org/ns/alice", quick, cancelled))).Error.ShouldBe(SlimError.NoAnswer);
        var atBob = await bob.ConnectAsync("org/ns/alice", cancellationToken: cancelled);
        var atAlice = await alice.AcceptAsync(cancelled);
        await atBob.SendAsync("hello"u8.ToArray(), cancellationToken: cancelled);
        (await atAlice.ReceiveAsync(cancelled)).Payload.ToArray().ShouldBe("hello"u8.ToArray());
    }

    private static string Claims(string audience = "[\"slim\"]") =>
        $$"""{"iss":"https://issuer.example","sub":"alice","aud":{{audience}},"exp":1900000000,"pubkey":"AAAA"}""";

    private bool Holds(string header, string claims) => _bob.Verify(_issuer.Sign(header, claims), Now) is not null;
}
