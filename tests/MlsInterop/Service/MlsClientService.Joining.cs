using Grpc.Core;
using Skytale.Mls.Codec;
using Skytale.Mls.Credentials;
using Skytale.Mls.Crypto;
using Skytale.Mls.Extensions;
using Skytale.Mls.Groups;
using Skytale.Mls.Messages;
using Skytale.Mls.PublicGroups;
using Skytale.Mls.Tree;
using Skytale.MlsInterop.State;

namespace Skytale.MlsInterop.Service;

/// <summary>What the program is, and the ways to become a member.</summary>
internal sealed partial class MlsClientService
{
    public override Task<Wire.NameResponse> Name(Wire.NameRequest request, ServerCallContext context) =>
        Task.FromResult(new Wire.NameResponse { Name = "Skytale" });

    public override Task<Wire.SupportedCiphersuitesResponse> SupportedCiphersuites(Wire.SupportedCiphersuitesRequest request, ServerCallContext context) =>
        Task.FromResult(new Wire.SupportedCiphersuitesResponse { Ciphersuites = { CipherSuite.All.Keys.Order().Select(suite => (uint)suite) } });

    public override Task<Wire.CreateGroupResponse> CreateGroup(Wire.CreateGroupRequest request, ServerCallContext context) => Answer(() =>
    {
        var actor = new Actor(Suite(request.CipherSuite), Bytes(request.Identity));
        using var ownLeaf = actor.NewKeyPackage();
        var group = MlsGroup.Create(actor.Suite, Bytes(request.GroupId), actor.Signer, ownLeaf, ExtensionList.Empty, Random);
        return new Wire.CreateGroupResponse { StateId = store.Add(new Member(actor, group, request.EncryptHandshake)) };
    });

    public override Task<Wire.CreateKeyPackageResponse> CreateKeyPackage(Wire.CreateKeyPackageRequest request, ServerCallContext context) => Answer(() =>
    {
        var transaction = new Transaction(new Actor(Suite(request.CipherSuite), Bytes(request.Identity)));
        return new Wire.CreateKeyPackageResponse
        {
            TransactionId = store.Add(transaction),
            KeyPackage = Encoded(new MlsMessage(transaction.KeyPackage.KeyPackage)),
            InitPriv = Bytes(transaction.KeyPackage.InitKey.PrivateKey.Value),
            EncryptionPriv = Bytes(transaction.KeyPackage.LeafKey.PrivateKey.Value),
            SignaturePriv = Bytes(transaction.Actor.Signer.PrivateKey.Value),
        };
    });

    public override Task<Wire.JoinGroupResponse> JoinGroup(Wire.JoinGroupRequest request, ServerCallContext context) => Answer(() =>
    {
        var transaction = store.Get<Transaction>(request.TransactionId);
        var member = Join(transaction, WelcomeOf(request.Welcome), Tree(request.RatchetTree), request.EncryptHandshake, null);
        store.Remove(request.TransactionId);
        return new Wire.JoinGroupResponse { StateId = store.Add(member), EpochAuthenticator = Bytes(member.EpochAuthenticator) };
    });

    public override Task<Wire.ExternalJoinResponse> ExternalJoin(Wire.ExternalJoinRequest request, ServerCallContext context) => Answer(() =>
    {
        var groupInfo = GroupInfoOf(request.GroupInfo);
        var group = PublicGroup.FromGroupInfo(groupInfo, Tree(request.RatchetTree));
        var actor = new Actor(group.Suite, Bytes(request.Identity));
        using var psks = new Psks();
        foreach (var psk in request.Psks)
            psks.Store(Bytes(psk.PskId), psk.PskSecret.Span);

        using var join = MlsGroup.JoinExternally(
            groupInfo,
            actor.Signer,
            new ExternalJoinOptions
            {
                Credential = actor.Credential,
                Capabilities = Actor.Capabilities,
                RatchetTree = group.Tree,
                Replaces = request.RemovePrior ? LeafOf(group, actor.Identity) : null,
                Psks = [.. request.Psks.Select(psk => new ExternalPskId(Bytes(psk.PskId), Described.Nonce(group.Suite)))],
                FindPsk = psks.Find,
            },
            Random);
        var member = new Member(actor, join.Enter(), request.EncryptHandshake);
        member.Psks.Learn(psks);
        return new Wire.ExternalJoinResponse { StateId = store.Add(member), Commit = Encoded(join.Commit), EpochAuthenticator = Bytes(member.EpochAuthenticator) };
    });

    private static Member Join(Transaction transaction, Welcome welcome, RatchetTree? tree, bool encryptHandshake, Member? continues)
    {
        var options = new JoinOptions
        {
            RatchetTree = tree,
            FindPsk = id => transaction.Psks.Find(id) ?? continues?.Psks.Find(id),
            Continues = continues?.Group,
        };
        var group = MlsGroup.Join(welcome, transaction.KeyPackage, transaction.Actor.Signer, options);
        var member = new Member(transaction.Actor, group, encryptHandshake);
        member.Psks.Learn(transaction.Psks);
        if (continues is not null)
            member.Psks.Learn(continues.Psks);
        return member;
    }

    /// <summary>The member whose credential says who it is by these bytes.</summary>
    private static LeafIndex LeafOf(PublicGroup group, Opaque identity)
    {
        foreach (var (index, leaf) in group.Members)
        {
            if (leaf.Credential is BasicCredential basic && basic.Identity == identity)
                return index;
        }
        throw Refused.Invalid($"no member of the group is {identity}");
    }
}
