using Skytale.Mls.Crypto;

namespace Skytale.Mls.Tests.Properties;

/// <summary>What random lives found, in as few operations as it takes.</summary>
public sealed class LivesThatWentWrong
{
    [Fact]
    public void A_groups_only_member_replaces_its_own_leaf() =>
        new Life(CipherSuiteId.MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519, 1, 4, 1, 1, [new CommitNow(0, new Change(ChangeKind.Nothing, 0, false)), new JoinFromOutside(0, false), new Send(0)]).Run();
}
