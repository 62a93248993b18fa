using Skytale.LivePeers.Tests.Members;
using Skytale.Mls.Crypto;

namespace Skytale.LivePeers.Tests;

/// <summary>Groups that go on as others: by a ReInit and by branching, started by either kind of member.</summary>
[Trait("Category", "Live")]
public sealed class ContinuationTests
{
    private const int Patience = 120_000;

    [Theory(Timeout = Patience)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_group_ends_by_a_ReInit_and_goes_on_as_another(bool oursStarts)
    {
        await using var group = new LiveGroup(CipherSuiteId.MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519, isPublic: true);
        var (ours, theirs, another) = (group.Ours("ours"), group.Theirs("theirs"), group.Ours("another"));
        await group.CreateAsync(ours);
        await group.AddAsync(ours, [theirs, another]);

        var next = "the next group"u8.ToArray();
        await group.CommitAsync(oursStarts ? theirs : ours, new Change.ReInit(next));
        ours.Group.ReInit.ShouldNotBeNull();
        await group.ContinueAsync(oursStarts ? ours : theirs, isBranch: false, next);
        await group.ShouldTalkAsync();
        await group.CommitAsync(theirs);
        await group.CommitAsync(ours);
        await group.ShouldTalkAsync();
    }

    [Theory(Timeout = Patience)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_group_is_branched(bool oursStarts)
    {
        await using var group = new LiveGroup(CipherSuiteId.MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519, isPublic: true);
        var (ours, theirs, another) = (group.Ours("ours"), group.Theirs("theirs"), group.Theirs("another"));
        await group.CreateAsync(ours);
        await group.AddAsync(ours, [theirs, another]);
        group.Members.Remove(another);
        await group.ContinueAsync(oursStarts ? ours : theirs, isBranch: true, "a branch"u8.ToArray());
        await group.ShouldTalkAsync();
    }
}
