using Skytale.Audit;

namespace Skytale.Tests.Audit;

/// <summary>What the check of an exported log finds.</summary>
public sealed class AuditTests
{
    private static readonly DateTimeOffset s_start = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_123);

    [Fact]
    public void A_whole_log_is_good_and_its_head_is_the_newest_hash()
    {
        var lines = Log(5);
        var check = new AuditCheck();
        lines.ShouldAllBe(line => check.Add(line) == null);
        check.End().ShouldBeNull();
        check.Count.ShouldBe(5);
        lines[^1].ShouldContain(check.Head!.Value.ToString());
        Check([]).ShouldNotBeNull().What.ShouldContain("empty");
    }

    [Fact]
    public void The_hash_is_of_the_content_as_it_is_documented()
    {
        // The bytes of docs/audit.md, put together by hand.
        var content = new MemoryStream();
        content.Write("skytale audit 1\0"u8);
        content.Write(new byte[32]);
        content.Write([0, 0, 0, 0, 0, 0, 0, 1]);
        content.Write([0, 0, 0x01, 0x8b, 0xcf, 0xe5, 0x68, 0x7b]);
        content.Write([0, 0, 0, 7, .. "machine"u8, 0, 0, 0, 5, .. "wärm"u8, 0, 0, 0, 1, .. "x"u8, 1, 0, 0, 0, 0, 0, 0, 0, 4, .. "done"u8, 0]);
        var entry = AuditEntry.After(null, new AuditRecord(s_start, "machine", "wärm", "x", "", "done", null));
        entry.Hash.ToString().ShouldBe(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(content.ToArray())));
    }

    [Theory]
    [InlineData("\"act\":\"act2\"", "\"act\":\"act9\"")]
    [InlineData("\"actor\":\"adm_x\"", "\"actor\":\"adm_y\"")]
    [InlineData("\"target\":\"acc_2\"", "\"target\":\"acc_3\"")]
    [InlineData("\"reason\":\"why\"", "\"reason\":null")]
    [InlineData("\"reason\":\"why\"", "\"reason\":\"\"")]
    [InlineData("\"outcome\":\"done\"", "\"outcome\":\"unchanged\"")]
    [InlineData("\"request_id\":\"r2\"", "\"request_id\":\"r3\"")]
    [InlineData("22.123Z", "22.124Z")]
    public void Whatever_is_altered_in_an_entry_is_found_there(string before, string after)
    {
        var lines = Log(4);
        lines[1].ShouldContain(before);
        lines[1] = lines[1].Replace(before, after, StringComparison.Ordinal);
        Check(lines)!.Line.ShouldBe(2);
    }

    [Fact]
    public void An_altered_entry_with_a_hash_of_its_own_is_found_at_the_one_behind_it()
    {
        var lines = Log(4);
        AuditLine.TryRead(lines[0], out var first).ShouldBeTrue();
        lines[1] = AuditLine.Write(AuditEntry.After(first, new AuditRecord(s_start, "adm_x", "forged", "acc_2", null, "done", null)));
        Check(lines)!.Line.ShouldBe(3);
    }

    [Fact]
    public void An_entry_that_is_removed_moved_or_there_twice_is_found()
    {
        Check([.. Log(4).Where((_, i) => i != 1)])!.Line.ShouldBe(2);
        var moved = Log(4);
        (moved[1], moved[2]) = (moved[2], moved[1]);
        Check(moved)!.Line.ShouldBe(2);
        var lines = Log(4);
        Check([lines[0], lines[0], .. lines[1..]])!.Line.ShouldBe(2);
        Check(lines[1..])!.Line.ShouldBe(1);
    }

    [Fact]
    public void What_is_cut_off_at_the_end_is_found_by_a_hash_that_was_noted()
    {
        var lines = Log(4);
        AuditLine.TryRead(lines[3], out var last).ShouldBeTrue();
        Check(lines, last.Hash).ShouldBeNull();
        Check([.. lines, .. Log(6)[4..]], last.Hash).ShouldBeNull("a log that has grown since");
        Check(lines[..3]).ShouldBeNull("nothing in the log itself tells");
        Check(lines[..3], last.Hash)!.Line.ShouldBe(0);
        Check([], last.Hash)!.Line.ShouldBe(0);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[1]")]
    [InlineData("no json")]
    public void What_is_no_entry_is_found(string line)
    {
        Check([line])!.Line.ShouldBe(1);
        Check([.. Log(2), line])!.Line.ShouldBe(3);
    }

    [Theory]
    [InlineData("{\"note\":\"unhashed\",")]
    [InlineData("{\"act\":\"act1\",")]
    public void Nothing_may_stand_in_a_line_that_the_hash_does_not_cover(string beginning)
    {
        var lines = Log(1);
        lines[0] = beginning + lines[0][1..];
        Check(lines)!.Line.ShouldBe(1);
    }

    private static AuditFault? Check(string[] lines, AuditHash? noted = null)
    {
        var check = new AuditCheck(noted);
        return lines.Select(check.Add).FirstOrDefault(fault => fault is not null) ?? check.End();
    }

    private static string[] Log(int entries)
    {
        var lines = new string[entries];
        AuditEntry? last = null;
        for (var i = 0; i < entries; i++)
        {
            last = AuditEntry.After(last, new AuditRecord(s_start.AddSeconds(i + 1), "adm_x", $"act{i + 1}", $"acc_{i + 1}", i % 2 == 0 ? null : "why", "done", $"r{i + 1}"));
            lines[i] = AuditLine.Write(last);
        }
        return lines;
    }
}
