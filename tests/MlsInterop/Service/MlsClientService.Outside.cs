using Grpc.Core;
using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Extensions;
using Skytale.Mls.Proposals;
using Skytale.Mls.PublicGroups;
using Skytale.MlsInterop.State;

namespace Skytale.MlsInterop.Service;

/// <summary>§12.1.8: proposals of those who are no members: joiners, and the signers that a group listens to.</summary>
internal sealed partial class MlsClientService
{
    public override Task<Wire.NewMemberAddProposalResponse> NewMemberAddProposal(Wire.NewMemberAddProposalRequest request, ServerCallContext context) => Answer(() =>
    {
        var group = GroupInfoOf(request.GroupInfo).GroupContext;
        var transaction = new Transaction(new Actor(CipherSuite.Get(group.CipherSuite), Bytes(request.Identity)));
        var proposal = ExternalProposals.AddMe(group, transaction.KeyPackage.KeyPackage, transaction.Actor.Signer.PrivateKey);
        return new Wire.NewMemberAddProposalResponse
        {
            TransactionId = store.Add(transaction),
            Proposal = Encoded(proposal),
            InitPriv = Bytes(transaction.KeyPackage.InitKey.PrivateKey.Value),
            EncryptionPriv = Bytes(transaction.KeyPackage.LeafKey.PrivateKey.Value),
            SignaturePriv = Bytes(transaction.Actor.Signer.PrivateKey.Value),
        };
    });

    public override Task<Wire.CreateExternalSignerResponse> CreateExternalSigner(Wire.CreateExternalSignerRequest request, ServerCallContext context) => Answer(() =>
    {
        var signer = new Actor(Suite(request.CipherSuite), Bytes(request.Identity));
        var sender = new ExternalSender(signer.Signer.PublicKey, signer.Credential);
        return new Wire.CreateExternalSignerResponse { SignerId = store.Add(signer), ExternalSender = Bytes(Tls.Encode(sender)) };
    });

    public override Task<Wire.ProposalResponse> AddExternalSigner(Wire.AddExternalSignerRequest request, ServerCallContext context) => Propose(request.StateId, group =>
    {
        // The group's extensions, with the sender behind those that there are.
        var sender = Tls.Decode<ExternalSender>(Bytes(request.ExternalSender));
        var before = group.Context.Extensions;
        var senders = before.Find<ExternalSenders>(ExtensionType.ExternalSenders)?.All ?? [];
        var others = before.All.Where(extension => extension.Type != ExtensionType.ExternalSenders);
        var all = new Extension(ExtensionType.ExternalSenders, Tls.Encode(new ExternalSenders(senders.Add(sender))));
        return new GroupContextExtensionsProposal(new ExtensionList([.. others, all]));
    });

    public override Task<Wire.ProposalResponse> ExternalSignerProposal(Wire.ExternalSignerProposalRequest request, ServerCallContext context) => Answer(() =>
    {
        var signer = store.Get<Actor>(request.SignerId);
        var group = PublicGroup.FromGroupInfo(GroupInfoOf(request.GroupInfo), Tree(request.RatchetTree));
        var description = request.Description ?? throw Refused.Invalid("there is no description");
        var proposal = ExternalProposals.Propose(group.Context, IndexOf(signer, group, request.SignerIndex), signer.Signer.PrivateKey, ProposalOf(description, group));
        return new Wire.ProposalResponse { Proposal = Encoded(proposal) };
    });

    // Runners that do not set the index send 0: then the key tells the place.
    private static uint IndexOf(Actor signer, PublicGroup group, uint index)
    {
        var senders = group.Context.Extensions.Find<ExternalSenders>(ExtensionType.ExternalSenders)?.All ?? [];
        if (index < senders.Length && senders[(int)index].SignatureKey == signer.Signer.PublicKey)
            return index;
        for (var i = 0; i < senders.Length && index == 0; i++)
        {
            if (senders[i].SignatureKey == signer.Signer.PublicKey)
                return (uint)i;
        }
        throw Refused.NotNow($"the group does not listen to this signer at {index}");
    }
}
