using Skytale.Accounts;

namespace Skytale.Tests.Accounts;

public sealed class IdTests
{
    private static readonly byte[] Ones = Enumerable.Repeat((byte)0xff, 16).ToArray();

    [Fact]
    public void An_account_id_is_spelled_in_crockfords_base32_and_read_again()
    {
        AccountId.FromRandom(new byte[16]).ToString().ShouldBe("acc_" + new string('0', 26));
        AccountId.FromRandom(Ones).ToString().ShouldBe("acc_" + new string('z', 25) + "w");
        AccountId.TryParse("acc_" + new string('z', 25) + "w", out var id).ShouldBeTrue();
        id.ShouldBe(AccountId.FromRandom(Ones));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("acc_")]
    [InlineData("acc_0000000000000000000000000")] // one letter short
    [InlineData("acc_000000000000000000000000000")] // one too many
    [InlineData("acc_0000000000000000000000000z")] // bits beyond the value
    [InlineData("acc_0000000000000000000000000O")]
    [InlineData("acc_u0000000000000000000000000")] // not a letter of the alphabet
    [InlineData("ACC_00000000000000000000000000")]
    [InlineData("00000000000000000000000000")]
    public void Every_other_spelling_of_an_account_id_is_refused(string? text) => AccountId.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void Ids_are_made_of_the_right_number_of_bytes_only()
    {
        Should.Throw<ArgumentException>(() => AccountId.FromRandom(new byte[15]));
        Should.Throw<ArgumentException>(() => KeyId.FromRandom(new byte[17]));
        Should.Throw<ArgumentException>(() => ApiKeySecret.FromRandom(default, new byte[16]));
    }

    [Fact]
    public void An_api_key_is_read_as_it_was_written()
    {
        var key = ApiKeySecret.FromRandom(KeyId.FromRandom(Ones), Enumerable.Range(0, 32).Select(i => (byte)i).ToArray());
        key.Reveal().ShouldBe("sk_live_zzzzzzzzzzzzzzzzzzzzzzzzzw_000g40r40m30e209185gr38e1w8124gk2gahc5rr34d1p70x3rfg");
        ApiKeySecret.TryParse(key.Reveal(), out var read).ShouldBeTrue();
        read.KeyId.ShouldBe(key.KeyId);
        read.Secret.Reveal().ShouldBe(key.Secret.Reveal());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("sk_live_")]
    [InlineData("sk_test_zzzzzzzzzzzzzzzzzzzzzzzzzw_000g40r40m30e209185gr38e1w8124gk2gahc5rr34d1p70x3rfg")]
    [InlineData("sk_live_zzzzzzzzzzzzzzzzzzzzzzzzzw-000g40r40m30e209185gr38e1w8124gk2gahc5rr34d1p70x3rfg")]
    [InlineData("sk_live_zzzzzzzzzzzzzzzzzzzzzzzzzz_000g40r40m30e209185gr38e1w8124gk2gahc5rr34d1p70x3rfg")]
    [InlineData("sk_live_zzzzzzzzzzzzzzzzzzzzzzzzzw_000g40r40m30e209185gr38e1w8124gk2gahc5rr34d1p70x3rfz")]
    [InlineData("sk_live_zzzzzzzzzzzzzzzzzzzzzzzzzw_000G40r40m30e209185gr38e1w8124gk2gahc5rr34d1p70x3rfg")]
    public void Every_other_spelling_of_an_api_key_is_refused(string? text) => ApiKeySecret.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void Printing_shows_no_secret()
    {
        var key = ApiKeySecret.FromRandom(KeyId.FromRandom(Ones), new byte[32]);
        key.ToString().ShouldBe("sk_live_zzzzzzzzzzzzzzzzzzzzzzzzzw_[redacted]");
        key.Secret.ToString().ShouldBe("[redacted]");
        new Account(default, default, new SecretHash("$argon2id$x"), default).ToString().ShouldNotContain("argon2id");
    }
}
