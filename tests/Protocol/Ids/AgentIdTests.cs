namespace Skytale.Protocol.Tests.Ids;

public sealed class AgentIdTests
{
    // The did:key method's own examples for Ed25519, and the edges of the number that base58 spells.
    [Theory]
    [InlineData("3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29", "did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp")]
    [InlineData("4cb5abf6ad79fbf5abbccafcc269d85cd2651ed4b885b5869f241aedf0a5ba29", "did:key:z6MkjchhfUsD6mmvni8mCdXHw216Xrm9bQe2mBH1P5RDjVJG")]
    public void A_key_has_its_did(string key, string did)
    {
        AgentId.FromPublicKey(Convert.FromHexString(key)).ToString().ShouldBe(did);
        AgentId.TryParse(did, out var agent).ShouldBeTrue();
        Convert.ToHexStringLower(agent.ToPublicKey()).ShouldBe(key);
    }

    [Fact]
    public void Every_key_comes_back_from_its_did()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var key = new byte[32];
            new Random(seed).NextBytes(key.AsSpan(seed % 32));
            var agent = AgentId.FromPublicKey(key);
            agent.ToString().ShouldStartWith("did:key:z6Mk");
            agent.ToString().Length.ShouldBe(56);
            AgentId.TryParse(agent.ToString(), out var read).ShouldBeTrue();
            read.ShouldBe(agent);
            read.ToPublicKey().ShouldBe(key);
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("did:key:")]
    [InlineData("did:key:z")]
    [InlineData("did:key:z6Mk")]
    [InlineData("DID:KEY:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp")]
    [InlineData(" did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp")]
    [InlineData("did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp ")]
    [InlineData("did:key:z16MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp")]
    [InlineData("did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooW0")]
    [InlineData("did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooW")]
    [InlineData("did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWpp")]
    [InlineData("did:key:zDnaerDaTF5BXEavCrfRZEk316dpbLsfPDZ3WJ5hRTPFU2169")]
    [InlineData("did:key:z6LSbysY2xFMRpGMhb7tFTLMpeuPRaqaWM1yECx2AtzE3KCc")]
    public void Anything_else_is_no_agent(string? text)
    {
        AgentId.TryParse(text, out var agent).ShouldBeFalse();
        agent.ShouldBe(default);
    }

    [Fact]
    public void A_key_of_another_length_is_the_callers_bug()
    {
        Should.Throw<ArgumentException>(() => AgentId.FromPublicKey(new byte[31]));
        Should.Throw<ArgumentException>(() => AgentId.FromPublicKey(new byte[33]));
    }
}
