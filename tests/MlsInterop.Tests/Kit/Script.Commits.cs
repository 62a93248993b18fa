using Google.Protobuf;

namespace Skytale.MlsInterop.Tests.Kit;

/// <summary>What a commit holds, and who handles it.</summary>
internal sealed record Committed
{
    public ByteString[] ByReference { get; init; } = [];

    public Wire.ProposalDescription[] ByValue { get; init; } = [];

    public string[] Members { get; init; } = [];

    public string[] Joiners { get; init; } = [];

    public bool ForcePath { get; init; }

    public bool ExternalTree { get; init; }
}

/// <summary>Proposals and commits.</summary>
internal sealed partial class Script
{
    public async Task CommitAsync(string committer, Committed commit)
    {
        var actor = this[committer];
        var made = await actor.Rpc.CommitAsync(new()
        {
            StateId = actor.StateId,
            ByReference = { commit.ByReference },
            ByValue = { commit.ByValue },
            ForcePath = commit.ForcePath,
            ExternalTree = commit.ExternalTree,
        });
        made.RatchetTree.IsEmpty.ShouldBe(!commit.ExternalTree);
        WireFormatOf(made.Commit).ShouldBe(encrypt ? 2 : 1);

        var before = await StateAuthAsync(committer);
        var applied = await actor.Rpc.HandlePendingCommitAsync(new() { StateId = actor.StateId });
        applied.EpochAuthenticator.ShouldNotBe(before);
        actor.StateId = applied.StateId;
        foreach (var member in commit.Members)
            await HandleAsync(member, commit.ByReference, made.Commit, applied.EpochAuthenticator);
        foreach (var joiner in commit.Joiners)
            await JoinAsync(joiner, made.Welcome, made.RatchetTree, applied.EpochAuthenticator);
    }

    public async Task HandleAsync(string member, ByteString[] proposals, ByteString commit, ByteString authenticator)
    {
        var actor = this[member];
        var handled = await actor.Rpc.HandleCommitAsync(new() { StateId = actor.StateId, Proposal = { proposals }, Commit = commit });
        handled.EpochAuthenticator.ShouldBe(authenticator, member);
        actor.StateId = handled.StateId;
        actor.Recorded.Handle(proposals, commit, authenticator);
    }

    public async Task<ByteString> ProposeAddAsync(string by, ByteString keyPackage) =>
        (await this[by].Rpc.AddProposalAsync(new() { StateId = this[by].StateId, KeyPackage = keyPackage })).Proposal;

    public async Task<ByteString> ProposeUpdateAsync(string by) => (await this[by].Rpc.UpdateProposalAsync(new() { StateId = this[by].StateId })).Proposal;

    public async Task<ByteString> ProposeRemoveAsync(string by, string removed) =>
        (await this[by].Rpc.RemoveProposalAsync(new() { StateId = this[by].StateId, RemovedId = this[removed].Identity })).Proposal;

    public async Task<ByteString> ProposePskAsync(string by, Wire.PreSharedKey psk) =>
        (await this[by].Rpc.ExternalPSKProposalAsync(new() { StateId = this[by].StateId, PskId = psk.PskId })).Proposal;

    public async Task<ByteString> ProposePastEpochAsync(string by, ulong epoch) =>
        (await this[by].Rpc.ResumptionPSKProposalAsync(new() { StateId = this[by].StateId, EpochId = epoch })).Proposal;

    public async Task<ByteString> ProposeExtensionsAsync(string by, params Wire.Extension[] extensions) =>
        (await this[by].Rpc.GroupContextExtensionsProposalAsync(new() { StateId = this[by].StateId, Extensions = { extensions } })).Proposal;

    public static Wire.ProposalDescription Add(ByteString keyPackage) => new() { ProposalType = ByteString.CopyFromUtf8("add"), KeyPackage = keyPackage };

    public Wire.ProposalDescription Remove(string name) => new() { ProposalType = ByteString.CopyFromUtf8("remove"), RemovedId = this[name].Identity };

    public static Wire.ProposalDescription Psk(Wire.PreSharedKey psk) => new() { ProposalType = ByteString.CopyFromUtf8("externalPSK"), PskId = psk.PskId };

    public static Wire.ProposalDescription PastEpoch(ulong epoch) => new() { ProposalType = ByteString.CopyFromUtf8("resumptionPSK"), EpochId = epoch };

    public static Wire.ProposalDescription ExtensionsOf(params Wire.Extension[] extensions) =>
        new() { ProposalType = ByteString.CopyFromUtf8("groupContextExtensions"), Extensions = { extensions } };

    /// <summary>required_capabilities that require nothing.</summary>
    public static Wire.Extension RequiredCapabilities => new() { ExtensionType = 3, ExtensionData = ByteString.CopyFrom(0, 0, 0) };

    /// <summary>external_senders without any.</summary>
    public static Wire.Extension NoExternalSenders => new() { ExtensionType = 5, ExtensionData = ByteString.CopyFrom(0) };

    // struct { ProtocolVersion version; WireFormat wire_format; … } MLSMessage, 1 for public_message, 2 for private_message
    private static int WireFormatOf(ByteString message) => message[3];
}
