using Skytale.LivePeers.Tests.Members;
using Skytale.Mls.Crypto;

namespace Skytale.LivePeers.Tests;

/// <summary>A group in which members of both kinds come, commit and go in an order that a seed gives.</summary>
[Trait("Category", "Live")]
public sealed class RandomLifeTests
{
    // Enough for three levels of parents.
    private const int MostMembers = 7;

    // Up to this many leaves theirs can always join: see KnownDifferencesTests.
    private const int FewLeaves = 4;

    [Theory(Timeout = 180_000)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    [InlineData(3, true)]
    [InlineData(4, false)]
    public async Task Whatever_happens_in_whatever_order_both_kinds_agree(int seed, bool isPublic)
    {
        var random = new Random(seed);
        await using var group = new LiveGroup(CipherSuiteId.MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519, isPublic);
        var creator = random.Next(2) == 0 ? group.Ours("creator") : (IMember)group.Theirs("creator");
        await group.CreateAsync(creator);
        await group.AddAsync(creator, [group.Theirs("theirs"), group.Ours("ours")]);
        for (var step = 0; step < 30; step++)
        {
            var actor = group.Members[random.Next(group.Members.Count)];
            switch (random.Next(6))
            {
                case 0 when group.Members.Count > 2:
                    // The creator stays, so that no half of the tree is ever empty: see KnownDifferencesTests.
                    var others = group.Members.Where(member => member != actor && member != creator).ToList();
                    await group.RemoveAsync(actor, others[random.Next(others.Count)]);
                    break;
                case 1 when group.Members.Count < MostMembers:
                    await group.AddAsync(actor, [group.Ours($"{step} a"), group.Ours($"{step} b")]);
                    break;
                case 2 when group.Members.Count < FewLeaves && await LastLeafAsync(group) < FewLeaves:
                    // Nobody is unmerged when theirs joins.
                    foreach (var member in group.Members)
                        await group.CommitAsync(member);
                    await group.AddAsync(actor, [group.Theirs($"{step}")]);
                    break;
                case 3:
                    // Updates of some of the others, by reference.
                    foreach (var member in group.Members.Where(member => member != actor && random.Next(2) == 0).ToList())
                        await group.ProposeAsync(member, null);
                    await group.CommitAsync(actor);
                    break;
                default:
                    await group.CommitAsync(actor);
                    break;
            }
        }
        await group.ShouldTalkAsync();
    }

    private static async Task<uint> LastLeafAsync(LiveGroup group)
    {
        var last = 0u;
        foreach (var member in group.Members)
            last = Math.Max(last, (await member.StatusAsync()).Leaf);
        return last;
    }
}
