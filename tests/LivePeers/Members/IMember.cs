namespace Skytale.LivePeers.Tests.Members;

/// <summary>
/// A client and its state in one group, whoever implements it. Bytes are whole MLSMessage structures; whatever makes a
/// commit enters the new epoch at once.
/// </summary>
internal interface IMember
{
    string Name { get; }

    Task<byte[]> KeyPackageAsync();

    /// <summary>Creates a group of one with the leaf of the last key package.</summary>
    Task CreateAsync(byte[] groupId);

    /// <param name="ratchetTree">Where the Welcome does not hold it.</param>
    Task JoinAsync(byte[] welcome, byte[]? ratchetTree);

    /// <summary>Commits the proposals that are kept, by reference, and those given, by value.</summary>
    Task<MadeCommit> CommitAsync(bool isPublic, bool inlineTree, params Change[] changes);

    /// <summary>A proposal on its own; null proposes an Update.</summary>
    Task<byte[]> ProposeAsync(bool isPublic, Change? change);

    Task ProcessProposalAsync(byte[] proposal);

    Task ProcessCommitAsync(byte[] commit);

    /// <summary>A GroupInfo with the tree and the key for external commits.</summary>
    Task<byte[]> GroupInfoAsync();

    /// <summary>Joins by an external commit.</summary>
    /// <param name="resync">Removes the leaf that this client has in the group already.</param>
    /// <returns>The commit.</returns>
    Task<byte[]> JoinExternallyAsync(byte[] groupInfo, bool resync);

    /// <summary>A proposal to be added, by a client that is no member yet and has made its key package.</summary>
    Task<byte[]> ProposeToJoinAsync(byte[] groupInfo);

    /// <summary>Creates the group that continues this one, with the leaf of the last key package, and enters it.</summary>
    /// <param name="isBranch">False: it is what a committed ReInit says.</param>
    Task<(byte[] Welcome, byte[] RatchetTree)> StartNextAsync(bool isBranch, byte[] groupId, params byte[][] keyPackages);

    /// <summary>Joins the group that continues this one.</summary>
    Task JoinNextAsync(bool isBranch, byte[] welcome, byte[] ratchetTree);

    Task<byte[]> ProtectAsync(byte[] data, byte[] authenticatedData);

    Task<(byte[] Data, byte[] AuthenticatedData)> UnprotectAsync(byte[] message);

    Task<MemberStatus> StatusAsync();

    Task<byte[]> ExportAsync(string label, byte[] context, int length);

    Task StorePskAsync(byte[] id, byte[] secret);
}

/// <param name="RatchetTree">The new epoch's, for joiners whose Welcome does not hold it.</param>
internal sealed record MadeCommit(byte[] Commit, byte[]? Welcome, byte[] RatchetTree);

internal sealed record MemberStatus(ulong Epoch, uint Leaf, string TreeHash, string Authenticator);
