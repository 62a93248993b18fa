namespace Skytale.Protocol.Tests.Frames;

public sealed class CddlTests
{
    private static readonly Cddl Rules = new(Resources.Lines("relay.cddl"));

    [Theory]
    [MemberData(nameof(GoldenFrames.Names), MemberType = typeof(GoldenFrames))]
    public void Golden_bytes_are_of_the_rules_shape(string name) => Rules.Matches(RuleOf(name), GoldenFrames.Body(name)).ShouldBeTrue();

    [Theory]
    [MemberData(nameof(GoldenFrames.Names), MemberType = typeof(GoldenFrames))]
    public void Golden_bytes_are_of_no_other_frames_shape(string name)
    {
        foreach (var other in GoldenFrames.ByName.Keys.Select(RuleOf).Where(rule => rule != RuleOf(name)))
            Rules.Matches(other, GoldenFrames.Body(name)).ShouldBeFalse(other);
    }

    [Theory]
    [InlineData("a = [1, uint]", "820100", true)]
    [InlineData("a = [1, uint]", "82010000", false)]
    [InlineData("a = [1, uint]", "83010000", false)]
    [InlineData("a = [1, uint]", "820200", false)]
    [InlineData("a = [1, uint]", "820120", false)]
    [InlineData("a = [1, n: b]\nb = bstr .size 2", "8201420000", true)]
    [InlineData("a = [1, n: b]\nb = bstr .size 2", "820143000000", false)]
    [InlineData("a = [1, n: b / null]\nb = [2, tstr]", "820182026161", true)]
    [InlineData("a = [1, n: b / null]\nb = [2, tstr]", "8201f6", true)]
    [InlineData("a = [1, n: b / null]\nb = [2, tstr]", "820182024161", false)]
    [InlineData("a = uint .size 1 ; a comment", "18ff", true)]
    [InlineData("a = uint .size 1", "190100", false)]
    [InlineData("a = b / [b, tstr]\nb = uint .size 1", "05", true)]
    [InlineData("a = b / [b, tstr]\nb = uint .size 1", "82056161", true)]
    [InlineData("a = b / [b, tstr]\nb = uint .size 1", "820541aa", false)]
    [InlineData("a = b / [b, tstr]\nb = uint .size 1", "190100", false)]
    [InlineData("a = 0 / 1", "01", true)]
    [InlineData("a = 0 / 1", "02", false)]
    [InlineData("a = [bool / null]", "81f4", true)]
    [InlineData("a = [bool / null]", "8100", false)]
    [InlineData("a = [* tstr]", "80", true)]
    [InlineData("a = [* tstr]", "8261616162", true)]
    [InlineData("a = [* tstr]", "82616101", false)]
    [InlineData("a = {* uint => bstr}", "a1014161", true)]
    [InlineData("a = {* uint => bstr}", "a1016161", false)]
    [InlineData("a = {* uint => bstr}", "a2014161014161", false)]
    [InlineData("a = tstr .regexp \"x+\"", "627879", false)]
    public void The_reader_of_rules_tells_right_from_wrong(string rules, string hex, bool matches) =>
        new Cddl(rules.Split('\n')).Matches("a", Convert.FromHexString(hex)).ShouldBe(matches);

    internal static bool MatchesAny(byte[] body) => GoldenFrames.ByName.Keys.Select(RuleOf).Distinct().Any(rule => Rules.Matches(rule, body));

    private static string RuleOf(string name) => name.Split("-without-")[0];
}
