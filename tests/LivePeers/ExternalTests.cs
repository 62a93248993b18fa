using Skytale.Mls.Crypto;

namespace Skytale.LivePeers.Tests;

/// <summary>Clients that are no members yet, of one kind, and groups of the other.</summary>
[Trait("Category", "Live")]
public sealed class ExternalTests
{
    private const int Patience = 120_000;

    [Theory(Timeout = Patience)]
    [InlineData(CipherSuiteId.MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519)]
    [InlineData(CipherSuiteId.MLS_128_DHKEMP256_AES128GCM_SHA256_P256)]
    [InlineData(CipherSuiteId.MLS_256_DHKEMP384_AES256GCM_SHA384_P384)]
    public async Task Both_kinds_join_by_an_external_commit(CipherSuiteId suite)
    {
        await using var group = new LiveGroup(suite, isPublic: true);
        var (ours, theirs) = (group.Ours("ours"), group.Theirs("theirs"));
        await group.CreateAsync(ours);
        await group.JoinExternallyAsync(theirs, informant: ours);
        await group.JoinExternallyAsync(group.Ours("another"), informant: theirs);
        await group.ShouldTalkAsync();
        await group.CommitAsync(theirs);
        await group.CommitAsync(ours);
        await group.ShouldTalkAsync();
    }

    [Fact(Timeout = Patience)]
    public async Task Both_kinds_take_their_own_place_anew()
    {
        await using var group = new LiveGroup(CipherSuiteId.MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519, isPublic: true);
        var (ours, theirs, third) = (group.Ours("ours"), group.Theirs("theirs"), group.Ours("third"));
        await group.CreateAsync(ours);
        await group.AddAsync(ours, [theirs, third]);
        await group.JoinExternallyAsync(theirs, informant: ours, resync: true);
        await group.JoinExternallyAsync(third, informant: theirs, resync: true);
        await group.ShouldTalkAsync();
        await group.CommitAsync(theirs);
        await group.ShouldTalkAsync();
    }

    [Fact(Timeout = Patience)]
    public async Task Both_kinds_ask_to_be_added()
    {
        await using var group = new LiveGroup(CipherSuiteId.MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519, isPublic: true);
        var (ours, theirs) = (group.Ours("ours"), group.Theirs("theirs"));
        await group.CreateAsync(ours);
        await group.AddOnRequestAsync(ours, theirs, informant: ours);
        await group.AddOnRequestAsync(theirs, group.Ours("another"), informant: theirs);
        await group.ShouldTalkAsync();
    }
}
