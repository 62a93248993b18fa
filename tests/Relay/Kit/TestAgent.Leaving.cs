using System.Security.Cryptography;
using Skytale.Mls.Codec;
using Skytale.Mls.Framing;
using Skytale.Mls.Groups;
using Skytale.Mls.Messages;
using Skytale.Mls.Proposals;
using Skytale.Protocol;
using Skytale.Protocol.Frames;

namespace Skytale.Relay.Tests.Kit;

// Leaving the channel.
internal sealed partial class TestAgent
{
    /// <summary>A proposal of this agent's, as it is sent by itself.</summary>
    public PublicMessage Propose(Proposal proposal, Opaque authenticatedData = default) => Group
        .Propose(proposal, FramingOptions.Default with { AuthenticatedData = authenticatedData }, RandomNumberGenerator.Fill).Message.PublicMessage!;

    public Func<RequestId, SendLeave> LeaveOf(MlsMessage message) => request => new SendLeave(request, ChannelId, Encode(message));

    /// <summary>Asks to leave.</summary>
    public async Task<Sequence> LeaveAsync() => (await Connection.AskAsync<Accepted>(LeaveOf(Propose(new SelfRemoveProposal())))).Sequence;

    /// <summary>Takes the next wish to leave into its epoch, as the relay delivers it.</summary>
    public async Task<DeliverLeave> KeepAsync()
    {
        var leave = await NextAsync<DeliverLeave>();
        Group.Receive(Decode(leave.Proposal));
        Position = leave.Sequence;
        return leave;
    }

    /// <summary>A commit that names every proposal of the epoch.</summary>
    public PendingCommit CommitOfLeaves(params Proposal[] proposals) => Group.Commit(
        new CommitRequest { References = [.. Group.Proposals.Select(kept => kept.Reference)], Proposals = [.. proposals] }, RandomNumberGenerator.Fill);

    /// <summary>Takes out whoever wants to leave.</summary>
    public async Task<Sequence> TakeOutAsync(params Proposal[] proposals)
    {
        using var pending = CommitOfLeaves(proposals);
        var accepted = await Connection.AskAsync<Accepted>(RequestOf(pending));
        Group = Group.Merge(pending);
        Position = accepted.Sequence;
        return accepted.Sequence;
    }
}
