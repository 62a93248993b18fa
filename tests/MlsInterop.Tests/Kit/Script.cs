using Google.Protobuf;
using Grpc.Core;

namespace Skytale.MlsInterop.Tests.Kit;

/// <summary>
/// The steps of a runner's scripts, as calls. Actors are played by the two servers in turn; after each commit and each
/// join the epoch authenticators of all who take part are compared.
/// </summary>
internal sealed partial class Script(TwoServers servers, uint suite, bool encrypt)
{
    private readonly Dictionary<string, Played> _actors = [];

    public uint Suite { get; set; } = suite;

    public ByteString GroupId { get; } = ByteString.CopyFromUtf8(Guid.NewGuid().ToString());

    public Played this[string name]
    {
        get
        {
            if (!_actors.TryGetValue(name, out var actor))
                _actors[name] = actor = new Played(name, servers.Client(_actors.Count));
            return actor;
        }
    }

    /// <summary>A group of the first, who adds the others in one commit.</summary>
    public async Task CreateGroupAsync(string creator, params string[] members)
    {
        var actor = this[creator];
        var created = await actor.Rpc.CreateGroupAsync(new() { GroupId = GroupId, CipherSuite = Suite, EncryptHandshake = encrypt, Identity = actor.Identity });
        actor.StateId = created.StateId;
        if (members.Length > 0)
        {
            var adds = new List<Wire.ProposalDescription>();
            foreach (var member in members)
                adds.Add(Add(await CreateKeyPackageAsync(member)));
            await CommitAsync(creator, new() { ByValue = [.. adds], Joiners = members });
        }
    }

    public async Task<ByteString> CreateKeyPackageAsync(string name)
    {
        var actor = this[name];
        var created = await actor.Rpc.CreateKeyPackageAsync(new() { CipherSuite = Suite, Identity = actor.Identity });
        created.InitPriv.ShouldNotBeEmpty();
        created.EncryptionPriv.ShouldNotBeEmpty();
        created.SignaturePriv.ShouldNotBeEmpty();
        actor.TransactionId = created.TransactionId;
        actor.Recorded.Start(Suite, created);
        return created.KeyPackage;
    }

    public async Task JoinAsync(string name, ByteString welcome, ByteString tree, ByteString authenticator)
    {
        var actor = this[name];
        var joined = await NeedingTreeAsync(tree, it => actor.Rpc.JoinGroupAsync(
            new() { TransactionId = actor.TransactionId, Welcome = welcome, EncryptHandshake = encrypt, Identity = actor.Identity, RatchetTree = it }));
        joined.EpochAuthenticator.ShouldBe(authenticator, name);
        actor.StateId = joined.StateId;
        actor.Recorded.Join(welcome, tree, authenticator);
    }

    public async Task ExternalJoinAsync(string adder, string joiner, string[]? members = null, bool externalTree = false, bool removePrior = false, params Wire.PreSharedKey[] psks)
    {
        var info = await this[adder].Rpc.GroupInfoAsync(new() { StateId = this[adder].StateId, ExternalTree = externalTree });
        info.RatchetTree.IsEmpty.ShouldBe(!externalTree);
        var actor = this[joiner];
        var joined = await actor.Rpc.ExternalJoinAsync(new()
        {
            GroupInfo = info.GroupInfo,
            RatchetTree = info.RatchetTree,
            EncryptHandshake = encrypt,
            Identity = actor.Identity,
            RemovePrior = removePrior,
            Psks = { psks },
        });
        actor.StateId = joined.StateId;
        foreach (var member in (members ?? []).Append(adder))
            await HandleAsync(member, [], joined.Commit, joined.EpochAuthenticator);
    }

    /// <summary>Gives a PSK to all of them: to the member, or to who is about to join.</summary>
    public async Task<Wire.PreSharedKey> InstallPskAsync(params string[] names)
    {
        var psk = new Wire.PreSharedKey { PskId = RandomBytes(), PskSecret = RandomBytes() };
        foreach (var name in names)
            await TellAsync(name, psk);
        return psk;
    }

    public async Task TellAsync(string name, Wire.PreSharedKey psk)
    {
        var actor = this[name];
        await actor.Rpc.StorePSKAsync(new() { StateOrTransactionId = actor.StateId != 0 ? actor.StateId : actor.TransactionId, PskId = psk.PskId, PskSecret = psk.PskSecret });
        actor.Recorded.Store(psk);
    }

    public async Task<ByteString> StateAuthAsync(string name) => (await this[name].Rpc.StateAuthAsync(new() { StateId = this[name].StateId })).StateAuthSecret;

    // A tree that travels beside the Welcome is not in it as well: without it nobody can join.
    private static async Task<T> NeedingTreeAsync<T>(ByteString tree, Func<ByteString, AsyncUnaryCall<T>> join)
    {
        if (!tree.IsEmpty)
            (await Should.ThrowAsync<RpcException>(async () => await join(ByteString.Empty))).Status.Detail.ShouldContain("RatchetTreeMissing");
        return await join(tree);
    }

    private static ByteString RandomBytes() => ByteString.CopyFrom(System.Security.Cryptography.RandomNumberGenerator.GetBytes(32));
}
