using Skytale.LivePeers.Tests.Members;
using Skytale.Mls;
using Skytale.Mls.Crypto;

namespace Skytale.LivePeers.Tests;

/// <summary>Groups whose members are kept by two implementations that share no line of code.</summary>
[Trait("Category", "Live")]
public sealed class LiveTests
{
    private const int Patience = 120_000;

    /// <summary>The suites that both sides have, with handshake messages in the clear.</summary>
    public static TheoryData<CipherSuiteId> Suites { get; } =
    [
        CipherSuiteId.MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519,
        CipherSuiteId.MLS_128_DHKEMX25519_CHACHA20POLY1305_SHA256_Ed25519,
    ];

    [Theory(Timeout = Patience)]
    [MemberData(nameof(Suites))]
    public async Task Ours_creates_a_group_and_adds_theirs(CipherSuiteId suite)
    {
        await using var group = new LiveGroup(suite, isPublic: true);
        var ours = group.Ours("ours");
        await group.CreateAsync(ours);
        await group.AddAsync(ours, [group.Theirs("theirs")]);
        await group.ShouldTalkAsync();
    }

    [Theory(Timeout = Patience)]
    [MemberData(nameof(Suites))]
    public async Task Theirs_creates_a_group_and_adds_ours(CipherSuiteId suite)
    {
        await using var group = new LiveGroup(suite, isPublic: true);
        var theirs = group.Theirs("theirs");
        await group.CreateAsync(theirs);
        await group.AddAsync(theirs, [group.Ours("ours")]);
        await group.ShouldTalkAsync();
    }
}
