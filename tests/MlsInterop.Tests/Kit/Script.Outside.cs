using Google.Protobuf;

namespace Skytale.MlsInterop.Tests.Kit;

/// <summary>Proposals of those who are no members.</summary>
internal sealed partial class Script
{
    public async Task<ByteString> ProposeMeAsync(string joiner, string member)
    {
        var info = await this[member].Rpc.GroupInfoAsync(new() { StateId = this[member].StateId });
        var proposed = await this[joiner].Rpc.NewMemberAddProposalAsync(new() { GroupInfo = info.GroupInfo, Identity = this[joiner].Identity });
        proposed.SignaturePriv.ShouldNotBeEmpty();
        this[joiner].TransactionId = proposed.TransactionId;
        return proposed.Proposal;
    }

    /// <summary>A member's proposal that the group shall listen to a new signer.</summary>
    public async Task<ByteString> ProposeSignerAsync(string by, string signer)
    {
        var created = await this[signer].Rpc.CreateExternalSignerAsync(new() { CipherSuite = Suite, Identity = this[signer].Identity });
        this[signer].SignerId = created.SignerId;
        return (await this[by].Rpc.AddExternalSignerAsync(new() { StateId = this[by].StateId, ExternalSender = created.ExternalSender })).Proposal;
    }

    public async Task<ByteString> SignerProposesAsync(string signer, uint index, string member, Wire.ProposalDescription description)
    {
        var info = await this[member].Rpc.GroupInfoAsync(new() { StateId = this[member].StateId, ExternalTree = true });
        return (await this[signer].Rpc.ExternalSignerProposalAsync(new()
        {
            SignerId = this[signer].SignerId,
            SignerIndex = index,
            GroupInfo = info.GroupInfo,
            RatchetTree = info.RatchetTree,
            Description = description,
        })).Proposal;
    }
}
