using System.Text.Json;
using Skytale.LivePeers.Tests.Peers;
using Skytale.Mls.Crypto;

namespace Skytale.LivePeers.Tests.Members;

/// <summary>A member that a peer keeps.</summary>
internal sealed class TheirMember(PeerProcess peer, CipherSuiteId suite, string name) : IMember
{
    public string Name => name;

    public async Task<byte[]> KeyPackageAsync() => Bytes(await AskAsync("keyPackage", ("suite", (int)suite)), "keyPackage");

    /// <summary>A key package whose signature key is in the form that the peer makes, whatever the RFC says.</summary>
    public async Task<byte[]> OwnKindOfKeyPackageAsync() => Bytes(await AskAsync("keyPackage", ("suite", (int)suite), ("asGenerated", true)), "keyPackage");

    public Task CreateAsync(byte[] groupId) => AskAsync("create", ("groupId", Hex(groupId)));

    public Task JoinAsync(byte[] welcome, byte[]? ratchetTree) =>
        ratchetTree is null ? AskAsync("join", ("welcome", Hex(welcome))) : AskAsync("join", ("welcome", Hex(welcome)), ("ratchetTree", Hex(ratchetTree)));

    public async Task<MadeCommit> CommitAsync(bool isPublic, bool inlineTree, params Change[] changes)
    {
        var made = await AskAsync("commit", ("isPublic", isPublic), ("inlineTree", inlineTree), ("proposals", changes.Select(Arguments).ToArray()));
        return new MadeCommit(Bytes(made, "commit"), made.TryGetProperty("welcome", out _) ? Bytes(made, "welcome") : null, Bytes(made, "ratchetTree"));
    }

    public async Task<byte[]> ProposeAsync(bool isPublic, Change? change) =>
        Bytes(await AskAsync("propose", ("isPublic", isPublic), ("proposal", change is null ? new { type = "update" } : Arguments(change))), "proposal");

    public Task ProcessProposalAsync(byte[] proposal) => AskAsync("process", ("message", Hex(proposal)));

    public Task ProcessCommitAsync(byte[] commit) => AskAsync("process", ("message", Hex(commit)));

    public async Task<byte[]> ProtectAsync(byte[] data, byte[] authenticatedData) =>
        Bytes(await AskAsync("protect", ("data", Hex(data)), ("authenticatedData", Hex(authenticatedData))), "message");

    public async Task<(byte[] Data, byte[] AuthenticatedData)> UnprotectAsync(byte[] message)
    {
        var opened = await AskAsync("unprotect", ("message", Hex(message)));
        return (Bytes(opened, "data"), Bytes(opened, "authenticatedData"));
    }

    public async Task<MemberStatus> StatusAsync()
    {
        var status = await AskAsync("status");
        return new MemberStatus(
            status.GetProperty("epoch").GetUInt64(), status.GetProperty("leaf").GetUInt32(),
            status.GetProperty("treeHash").GetString()!, status.GetProperty("authenticator").GetString()!);
    }

    public async Task<byte[]> ExportAsync(string label, byte[] context, int length) =>
        Bytes(await AskAsync("export", ("label", label), ("context", Hex(context)), ("length", length)), "secret");

    public Task StorePskAsync(byte[] id, byte[] secret) => AskAsync("storePsk", ("pskId", Hex(id)), ("secret", Hex(secret)));

    public async Task<byte[]> GroupInfoAsync() => Bytes(await AskAsync("groupInfo"), "groupInfo");

    public async Task<byte[]> JoinExternallyAsync(byte[] groupInfo, bool resync) =>
        Bytes(await AskAsync("joinExternally", ("groupInfo", Hex(groupInfo)), ("resync", resync)), "commit");

    /// <summary>A GroupInfo as the peer makes it, whatever the RFC says.</summary>
    public async Task<byte[]> OwnKindOfGroupInfoAsync() => Bytes(await AskAsync("groupInfo", ("asGenerated", true)), "groupInfo");

    /// <summary>Joins by a GroupInfo of the peer's own kind.</summary>
    public Task JoinByOwnKindOfGroupInfoAsync(byte[] groupInfo) => AskAsync("joinExternally", ("groupInfo", Hex(groupInfo)), ("resync", false), ("asGenerated", true));

    public async Task<byte[]> ProposeToJoinAsync(byte[] groupInfo) => Bytes(await AskAsync("proposeToJoin", ("groupInfo", Hex(groupInfo))), "proposal");

    public async Task<(byte[] Welcome, byte[] RatchetTree)> StartNextAsync(bool isBranch, byte[] groupId, params byte[][] keyPackages)
    {
        var made = await AskAsync("startNext", ("isBranch", isBranch), ("groupId", Hex(groupId)), ("keyPackages", keyPackages.Select(Hex).ToArray()));
        return (Bytes(made, "welcome"), Bytes(made, "ratchetTree"));
    }

    public Task JoinNextAsync(bool isBranch, byte[] welcome, byte[] ratchetTree) =>
        AskAsync("joinNext", ("isBranch", isBranch), ("welcome", Hex(welcome)), ("ratchetTree", Hex(ratchetTree)));

    private static object Arguments(Change change) => change switch
    {
        Change.Add add => new { type = "add", keyPackage = Hex(add.KeyPackage) },
        Change.Remove remove => new { type = "remove", leaf = remove.Leaf },
        Change.ReInit reInit => new { type = "reinit", groupId = Hex(reInit.GroupId) },
        Change.Psk psk => new { type = "psk", id = Hex(psk.Id) },
        Change.Extensions extensions => new { type = "groupContextExtensions", extensions = extensions.All.Select(one => new { type = one.Type, data = Hex(one.Data) }).ToArray() },
        _ => throw new ArgumentOutOfRangeException(nameof(change)),
    };

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);

    private static byte[] Bytes(JsonElement answer, string property) => Convert.FromHexString(answer.GetProperty(property).GetString()!);

    private Task<JsonElement> AskAsync(string operation, params (string Name, object? Value)[] arguments) =>
        peer.AskAsync(operation, arguments.Append(("client", name)).ToDictionary(argument => argument.Item1, argument => argument.Item2));
}
