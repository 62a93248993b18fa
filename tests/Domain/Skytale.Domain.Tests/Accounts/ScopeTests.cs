using Skytale.Accounts;
using Skytale.Protocol;
using Skytale.Protocol.Envelopes;

namespace Skytale.Tests.Accounts;

/// <summary>What a scope's text says, which channels and names it is about, and which scopes are narrower.</summary>
public sealed class ScopeTests
{
    [Theory]
    [InlineData("*:*")]
    [InlineData("send:*")]
    [InlineData("register:*")]
    [InlineData("*:acme/*/*")]
    [InlineData("manage:acme/support/desk-1")]
    [InlineData("receive:*/x/Name.with_All-9")]
    public void A_scope_has_one_text(string text)
    {
        Scope.TryParse(text, out var scope).ShouldBeTrue();
        scope!.ToString().ShouldBe(text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("send")]
    [InlineData("send:")]
    [InlineData(":*")]
    [InlineData("Send:*")]
    [InlineData("read:*")]
    [InlineData("0:*")]
    [InlineData("send:acme")]
    [InlineData("send:acme/*")]
    [InlineData("send:acme/*/*/*")]
    [InlineData("send:acme//x")]
    [InlineData("send:ac*/a/b")]
    [InlineData("send:-a/b/c")]
    [InlineData("send:a/b/c ")]
    [InlineData("send:a/b/ü")]
    [InlineData("register:acme/a/b")]
    [InlineData("send:*:*")]
    public void What_is_no_scope_is_refused(string text) => Scope.TryParse(text, out _).ShouldBeFalse();

    [Theory]
    [InlineData("*:*", Verb.Manage, "a/b/c", true)]
    [InlineData("send:*", Verb.Send, "a/b/c", true)]
    [InlineData("send:*", Verb.Receive, "a/b/c", false)]
    [InlineData("send:a/*/*", Verb.Send, "a/b/c", true)]
    [InlineData("send:a/*/*", Verb.Send, "b/b/c", false)]
    [InlineData("send:a/b/c", Verb.Send, "a/b/c", true)]
    [InlineData("send:a/b/c", Verb.Send, "a/b/cc", false)]
    [InlineData("send:*/b/*", Verb.Send, "x/b/y", true)]
    [InlineData("receive:* send:a/b/c", Verb.Send, "x/y/z", false)]
    public void A_set_allows_what_one_of_its_scopes_does(string scopes, Verb verb, string channel, bool allowed)
    {
        var set = ScopeSet.Parse(scopes);
        ChannelName.TryParse(channel, out var name).ShouldBeTrue();
        var parts = channel.Split('/');
        var slim = SlimName.Of(parts[0], parts[1], parts[2], new SlimNameId(1, 2));
        set.Allows(verb, name).ShouldBe(allowed);
        set.Allows(verb, slim).ShouldBe(allowed);
        set.Allows(verb, slim with { Text = null }).ShouldBe(allowed);
    }

    [Fact]
    public void A_slim_name_whose_text_is_not_its_hash_is_not_the_patterns()
    {
        var set = ScopeSet.Parse("send:a/b/c");
        set.Allows(Verb.Send, SlimName.Of("a", "b", "c") with { Text = new SlimNameText("a", "b", "x") }).ShouldBeFalse();
        set.Allows(Verb.Send, SlimName.Of("a", "b", "x") with { Text = new SlimNameText("a", "b", "c") }).ShouldBeFalse();
    }

    [Theory]
    [InlineData("*:*", "send:a/b/c manage:* register:*", true)]
    [InlineData("send:a/*/*", "send:a/b/*", true)]
    [InlineData("send:a/*/* receive:*", "receive:x/y/z send:a/b/c", true)]
    [InlineData("send:a/*/*", "send:*/b/c", false)]
    [InlineData("send:a/*/*", "send:*", false)]
    [InlineData("send:a/*/*", "*:a/b/c", false)]
    [InlineData("send:a/*/*", "send:a/b/c receive:a/b/c", false)]
    [InlineData("send:*", "register:*", false)]
    public void A_set_covers_what_is_narrower(string key, string asked, bool covered) => ScopeSet.Parse(key).Covers(ScopeSet.Parse(asked)).ShouldBe(covered);

    [Fact]
    public void A_set_has_a_bound_and_is_not_empty()
    {
        ScopeSet.TryOf(Enumerable.Repeat("send:*", ScopeSet.MaxScopes).ToList(), out _).ShouldBeTrue();
        ScopeSet.TryOf(Enumerable.Repeat("send:*", ScopeSet.MaxScopes + 1).ToList(), out _).ShouldBeFalse();
        ScopeSet.TryOf([], out _).ShouldBeFalse();
        ScopeSet.TryParse("", out _).ShouldBeFalse();
        ScopeSet.TryParse("send:*  receive:*", out _).ShouldBeFalse();
    }
}
