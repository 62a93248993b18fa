using Skytale.Accounts;

namespace Skytale.Tests.Accounts;

public sealed class NameTests
{
    [Theory]
    [InlineData("a@b", "a@b")]
    [InlineData("  Ada.Lovelace+x@Example.ORG ", "ada.lovelace+x@example.org")]
    public void An_address_is_compared_trimmed_and_in_lower_case(string text, string canonical)
    {
        EmailAddress.TryParse(text, out var address).ShouldBeTrue();
        address.ToString().ShouldBe(canonical);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("@b")]
    [InlineData("a@")]
    [InlineData("a@b@c")]
    [InlineData("a b@c")]
    [InlineData("a@b c")]
    [InlineData("a@.b")]
    [InlineData("a@b..c")]
    [InlineData("a@-b")]
    [InlineData("a\u0000@b")]
    [InlineData("a\r\nbcc:x@b")]
    [InlineData("ä@b")]
    public void What_is_no_address_is_refused(string? text) => EmailAddress.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void An_address_has_at_most_254_characters()
    {
        var domain = $"{new string('d', 63)}.{new string('d', 63)}.{new string('d', 61)}";
        EmailAddress.TryParse($"{new string('a', 64)}@{domain}", out _).ShouldBeTrue();
        EmailAddress.TryParse($"{new string('a', 64)}@{domain}x", out _).ShouldBeFalse();
        EmailAddress.TryParse($"{new string('a', 65)}@b", out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("ab", true)]
    [InlineData("a-1", true)]
    [InlineData("a", false)]
    [InlineData("1a", false)]
    [InlineData("-a", false)]
    [InlineData("a-", false)]
    [InlineData("aB", false)]
    [InlineData("a/b", false)]
    [InlineData("a.b", false)]
    [InlineData("a234567890123456789012345678901234567890", true)]
    [InlineData("a2345678901234567890123456789012345678901", false)]
    public void An_organisations_name_follows_its_rule(string text, bool allowed) => OrgName.TryParse(text, out _).ShouldBe(allowed);

    [Fact]
    public void A_generated_organisations_name_follows_the_rule_too()
    {
        foreach (var value in Enumerable.Range(0, 256))
            OrgName.TryParse(OrgName.FromRandom(Enumerable.Repeat((byte)value, OrgName.GeneratedSize).ToArray()).ToString(), out _).ShouldBeTrue();
    }

    [Theory]
    [InlineData("a", true)]
    [InlineData("0", true)]
    [InlineData("worker-1_b.c", true)]
    [InlineData("", false)]
    [InlineData(".a", false)]
    [InlineData("A", false)]
    [InlineData("a b", false)]
    [InlineData("did:key:z", false)]
    public void An_agents_name_follows_its_rule_and_is_never_a_did(string text, bool allowed) => AgentName.TryParse(text, out _).ShouldBe(allowed);
}
