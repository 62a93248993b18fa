using System.Security.Cryptography;
using System.Text;
using Skytale.Mls;
using Skytale.Mls.Codec;
using Skytale.Mls.Credentials;
using Skytale.Mls.Crypto;
using Skytale.Mls.Extensions;
using Skytale.Mls.Framing;
using Skytale.Mls.Groups;
using Skytale.Mls.KeyPackages;
using Skytale.Mls.Messages;
using Skytale.Mls.Proposals;
using Skytale.Mls.PublicGroups;
using Skytale.Mls.Tree;

namespace Skytale.LivePeers.Tests.Members;

/// <summary>A member that Skytale.Mls keeps, by its public API.</summary>
internal sealed class OurMember(CipherSuite suite, string name) : IMember, IDisposable
{
    private const int PaddingTo = 128;

    private readonly SignatureKeyPair _signer = suite.GenerateSignatureKeyPair(Fill);
    private readonly BasicCredential _credential = new(Opaque.Copy(Encoding.UTF8.GetBytes(name)));
    private readonly Dictionary<string, byte[]> _psks = [];
    private KeyPackageBundle? _bundle;
    private MlsGroup? _group;

    public string Name => name;

    /// <summary>The state in the group.</summary>
    public MlsGroup Group
    {
        get => _group ?? throw new InvalidOperationException($"{name} is in no group");
        private set
        {
            _group?.Dispose();
            _group = value;
        }
    }

    public Task<byte[]> KeyPackageAsync()
    {
        _bundle?.Dispose();
        _bundle = KeyPackageBundle.Create(
            suite,
            _signer,
            _credential,
            new KeyPackageOptions { Capabilities = Capabilities.Basic(suite.Id), Lifetime = new Lifetime(0, ulong.MaxValue >> 1) },
            Fill);
        return Task.FromResult(Encode(new MlsMessage(_bundle.KeyPackage)));
    }

    public Task CreateAsync(byte[] groupId)
    {
        Group = MlsGroup.Create(suite, Opaque.Copy(groupId), _signer, _bundle!, ExtensionList.Empty, Fill);
        return Task.CompletedTask;
    }

    public Task JoinAsync(byte[] welcome, byte[]? ratchetTree)
    {
        var options = new JoinOptions { RatchetTree = ratchetTree is null ? null : Tls.Decode<RatchetTree>(ratchetTree), FindPsk = FindPsk };
        Group = MlsGroup.Join(Decode(welcome).Welcome!, _bundle!, _signer, options);
        return Task.CompletedTask;
    }

    public Task<MadeCommit> CommitAsync(bool isPublic, bool inlineTree, params Change[] changes)
    {
        var request = new CommitRequest
        {
            References = Group.SelectProposals(new ProcessOptions { FindPsk = FindPsk }),
            Proposals = [.. changes.Select(ProposalOf)],
            Framing = Framing(isPublic),
            GroupInfo = new GroupInfoOptions { RatchetTree = inlineTree },
            FindPsk = FindPsk,
        };
        using var pending = Group.Commit(request, Fill);
        var welcome = pending.Welcome is { } made ? Encode(new MlsMessage(made)) : null;
        Group = Group.Merge(pending);
        return Task.FromResult(new MadeCommit(Encode(pending.Commit), welcome, Bytes(Tls.Encode(Group.Public.Tree))));
    }

    public Task<byte[]> ProposeAsync(bool isPublic, Change? change) => Task.FromResult(Encode(change is null
        ? Group.ProposeUpdate(new LeafChange(), Framing(isPublic), Fill).Message
        : Group.Propose(ProposalOf(change), Framing(isPublic), Fill).Message));

    public Task ProcessProposalAsync(byte[] proposal)
    {
        Group.Receive(Decode(proposal));
        return Task.CompletedTask;
    }

    public Task ProcessCommitAsync(byte[] commit)
    {
        using var staged = Stage(commit);
        Group = Group.Merge(staged);
        return Task.CompletedTask;
    }

    /// <summary>Checks a commit and stays where it is.</summary>
    public StagedCommit Stage(byte[] commit) => Group.Process(Decode(commit), new ProcessOptions { FindPsk = FindPsk });

    public Task<byte[]> GroupInfoAsync() => Task.FromResult(Encode(new MlsMessage(Group.ExportGroupInfo(new GroupInfoOptions { ExternalPub = true }))));

    public Task<byte[]> JoinExternallyAsync(byte[] groupInfo, bool resync)
    {
        var options = new ExternalJoinOptions
        {
            Credential = _credential,
            Capabilities = Capabilities.Basic(suite.Id),
            Replaces = resync ? Group.OwnLeaf : null,
        };
        using var join = MlsGroup.JoinExternally(Decode(groupInfo).GroupInfo!, _signer, options, Fill);
        Group = join.Enter();
        return Task.FromResult(Encode(join.Commit));
    }

    public Task<byte[]> ProposeToJoinAsync(byte[] groupInfo) =>
        Task.FromResult(Encode(ExternalProposals.AddMe(Decode(groupInfo).GroupInfo!.GroupContext, _bundle!.KeyPackage, _signer.PrivateKey)));

    public Task<(byte[] Welcome, byte[] RatchetTree)> StartNextAsync(bool isBranch, byte[] groupId, params byte[][] keyPackages)
    {
        var request = new SubgroupRequest { OwnLeaf = _bundle!, Signer = _signer, Members = [.. keyPackages.Select(one => Decode(one).KeyPackage!)] };
        var start = isBranch ? Group.Branch(Opaque.Copy(groupId), request, Fill) : Group.Reinitialize(request, Fill);
        Group = start.Group;
        return Task.FromResult((Encode(new MlsMessage(start.Welcome!)), Bytes(Tls.Encode(Group.Public.Tree))));
    }

    public Task JoinNextAsync(bool isBranch, byte[] welcome, byte[] ratchetTree)
    {
        Group = MlsGroup.Join(Decode(welcome).Welcome!, _bundle!, _signer, new JoinOptions { RatchetTree = Tls.Decode<RatchetTree>(ratchetTree), Continues = Group });
        return Task.CompletedTask;
    }

    public Task<byte[]> ProtectAsync(byte[] data, byte[] authenticatedData) =>
        Task.FromResult(Encode(new MlsMessage(Group.Protect(data, authenticatedData, PaddingTo, Fill))));

    public Task<(byte[] Data, byte[] AuthenticatedData)> UnprotectAsync(byte[] message)
    {
        using var opened = Group.Unprotect(Decode(message).PrivateMessage!);
        return Task.FromResult((opened.Plaintext.Span.ToArray(), Bytes(opened.AuthenticatedData)));
    }

    public Task<MemberStatus> StatusAsync()
    {
        using var authenticator = Group.EpochAuthenticator;
        return Task.FromResult(new MemberStatus(
            Group.Epoch.Value, Group.OwnLeaf.Value, Group.Public.Context.TreeHash.ToString(), Convert.ToHexStringLower(authenticator.Span)));
    }

    public Task<byte[]> ExportAsync(string label, byte[] context, int length)
    {
        using var secret = Group.Export(Encoding.UTF8.GetBytes(label), context, length);
        return Task.FromResult(secret.Span.ToArray());
    }

    public Task StorePskAsync(byte[] id, byte[] secret)
    {
        _psks[Convert.ToHexStringLower(id)] = secret;
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _group?.Dispose();
        _bundle?.Dispose();
        _signer.Dispose();
    }

    private Secret? FindPsk(PreSharedKeyId id) => id is ExternalPskId external && _psks.TryGetValue(external.PskId.ToString(), out var psk) ? Secret.Copy(psk) : null;

    private Proposal ProposalOf(Change change) => change switch
    {
        Change.Add add => new AddProposal(Decode(add.KeyPackage).KeyPackage!),
        Change.Remove remove => new RemoveProposal(new LeafIndex(remove.Leaf)),
        Change.ReInit reInit => new ReInitProposal(Opaque.Copy(reInit.GroupId), ProtocolVersion.Mls10, suite.Id, ExtensionList.Empty),
        Change.Psk psk => new PreSharedKeyProposal(new ExternalPskId(Opaque.Copy(psk.Id), Opaque.Copy(RandomNumberGenerator.GetBytes(suite.HashSize)))),
        Change.Extensions extensions => new GroupContextExtensionsProposal(new ExtensionList(
            [.. extensions.All.Select(one => new Extension((ExtensionType)one.Type, Opaque.Copy(one.Data)))])),
        _ => throw new ArgumentOutOfRangeException(nameof(change)),
    };

    private static FramingOptions Framing(bool isPublic) =>
        new() { WireFormat = isPublic ? WireFormat.PublicMessage : WireFormat.PrivateMessage, PaddingTo = PaddingTo };

    private static void Fill(Span<byte> destination) => RandomNumberGenerator.Fill(destination);

    private static MlsMessage Decode(byte[] message) => Tls.Decode<MlsMessage>(message);

    private static byte[] Encode(MlsMessage message) => Bytes(Tls.Encode(message));

    private static byte[] Bytes(Opaque opaque) => opaque.Span.ToArray();
}
