using System.Text;
using Skytale.Groups;
using Skytale.Mls;
using Skytale.Mls.Codec;
using Skytale.Mls.Credentials;
using Skytale.Mls.Extensions;
using Skytale.Protocol;

namespace Skytale.Tests.Groups;

public sealed class AgentLeafTests
{
    private readonly TestAgent _agent = new();

    [Fact]
    public void A_leaf_is_the_agents_whose_key_its_credential_spells() =>
        AgentLeaf.Identify(_agent.NewBundle().KeyPackage.LeafNode).ShouldBe(_agent.Id);

    [Fact]
    public void Every_other_credential_is_nobodys()
    {
        var other = new TestAgent();
        var did = _agent.Id.ToString();
        foreach (var text in new[] { other.Id.ToString(), did + " ", did.ToUpperInvariant(), did["did:key:".Length..], "", "alice" })
        {
            var credential = new BasicCredential(Opaque.Copy(Encoding.ASCII.GetBytes(text)));
            AgentLeaf.Identify(_agent.NewBundle(credential).KeyPackage.LeafNode).ShouldBeNull(text);
        }
    }

    [Fact]
    public void A_key_package_is_valid_for_its_agent_within_its_lifetime()
    {
        var keyPackage = _agent.NewBundle().KeyPackage;
        AgentKeyPackages.Validate(keyPackage, _agent.Id, TestAgent.Now).IsSuccess.ShouldBeTrue();
        AgentKeyPackages.Validate(keyPackage, _agent.Id, TestAgent.Now - Lifetimes.ClockSkew).IsSuccess.ShouldBeTrue();
        AgentKeyPackages.Validate(keyPackage, new TestAgent().Id, TestAgent.Now).Refusal!.Code.ShouldBe(ErrorCode.InvalidKeyPackage);
        AgentKeyPackages.Validate(keyPackage, _agent.Id, TestAgent.Now + Lifetimes.Maximum).Refusal!.Code.ShouldBe(ErrorCode.InvalidKeyPackage);
        AgentKeyPackages.Validate(keyPackage with { Signature = Opaque.Copy(new byte[64]) }, _agent.Id, TestAgent.Now).Refusal!.Code.ShouldBe(ErrorCode.InvalidKeyPackage);
    }

    [Fact]
    public void A_channels_name_is_read_from_its_group_context_and_nothing_else_passes_for_one()
    {
        ChannelName.TryParse("org/team/room", out var name).ShouldBeTrue();
        ChannelExtension.NameIn(ChannelExtension.ListFor(name, new TestAgent().Id)).ShouldBe(name);
        Should.Throw<MlsException>(() => ChannelExtension.NameIn(ExtensionList.Empty)).Error.ShouldBe(MlsError.InvalidExtension);
        foreach (var data in new byte[][] { [3, (byte)'a', (byte)'/', (byte)'b'], [] })
            Should.Throw<MlsException>(() => ChannelExtension.NameIn(new ExtensionList(new Extension(ChannelExtension.Type, Opaque.Copy(data))))).Error.ShouldBeOneOf(MlsError.InvalidExtension, MlsError.Truncated);
    }
}
