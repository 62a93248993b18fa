using Skytale.Mls.Codec;
using Skytale.Mls.Framing;
using Skytale.Mls.Groups;
using Skytale.Mls.Messages;
using Skytale.Mls.Proposals;

namespace Skytale.Mls.Tests.Properties;

/// <summary>What a commit of the simulated world changes.</summary>
internal enum ChangeKind
{
    Nothing,
    Add,
    AddWithoutPath,
    Remove,
    RemoveAndAdd,
    Extensions,
    ExternalPsk,
    ResumptionPsk,

    /// <summary>What was proposed, as far as it goes together.</summary>
    Proposed,
}

/// <summary>A change, a number that chooses how many, whom, or which, and whether the commit is encrypted.</summary>
internal sealed record Change(ChangeKind Kind, int Choice, bool Encrypted);

/// <summary>How a participant turns a change into a commit, and brings it to the service.</summary>
internal static class Committing
{
    /// <summary>Makes the commit in the participant's own epoch; one that it had before and nobody saw is dropped.</summary>
    public static void Prepare(World world, Participant who, Change change)
    {
        if (who.Prepared is { IsAccepted: true })
            return;
        Prepare(world, who, change, Proposals(world, who, change), Added(world, who, change));
    }

    /// <summary>Makes a commit that adds so many.</summary>
    public static void Add(World world, Participant who, int count) =>
        Prepare(world, who, new Change(ChangeKind.Add, 0, false), [], [.. Enumerable.Range(0, count).Select(_ => world.NewParticipant())]);

    /// <summary>Sends what is ready. When the service takes it, those whom it invites are in the world.</summary>
    public static void Publish(World world, Participant who)
    {
        if (who.Prepared is not { IsAccepted: false } prepared || !world.Service.AcceptCommit(who, prepared.Pending.Commit, prepared.Pending.GroupInfo))
            return;
        prepared.IsAccepted = true;
        world.Count($"committed: {prepared.Change.Kind}");
        world.Count(prepared.Change.Encrypted ? "encrypted commit" : "public commit");
        var members = world.Service.Epochs[world.Service.Epoch].Members;
        var accepted = world.Candidates.Where(candidate => members.Contains(candidate.Name)).ToArray();
        foreach (var participant in prepared.Added.Concat(accepted))
        {
            participant.Join(prepared.Pending.Welcome!, world.Service.Log.Count);
            world.Participants.Add(participant);
            world.Candidates.Remove(participant);
        }
    }

    public static FramingOptions Framing(bool encrypted) =>
        new() { WireFormat = encrypted ? WireFormat.PrivateMessage : WireFormat.PublicMessage, PaddingTo = 64 };

    public static PreSharedKeyProposal ExternalPsk(World world, int choice) => new(new ExternalPskId(Opaque.Copy(BitConverter.GetBytes(choice % 5)), Nonce(world)));

    private static void Prepare(World world, Participant who, Change change, IEnumerable<Proposal> proposals, List<Participant> added)
    {
        who.Prepared?.Dispose();
        who.Prepared = null;
        var request = new CommitRequest
        {
            Proposals = [.. proposals, .. added.Select(participant => new AddProposal(participant.Bundle.KeyPackage))],
            References = change.Kind == ChangeKind.Proposed ? who.Group.SelectProposals(new ProcessOptions { FindPsk = who.FindPsk }) : [],
            ForcePath = change.Kind is not (ChangeKind.AddWithoutPath or ChangeKind.ExternalPsk),
            Framing = Framing(change.Encrypted),
            GroupInfo = new GroupInfoOptions { ExternalPub = true },
            FindPsk = who.FindPsk,
        };
        if (request.References.Length > 0)
            world.Count("committed by reference");
        who.Prepared = new Prepared(who.Group.Commit(request, world.Random), change, added);
    }

    private static List<Participant> Added(World world, Participant who, Change change)
    {
        var wanted = change.Kind switch
        {
            ChangeKind.Add or ChangeKind.AddWithoutPath => 1 + change.Choice % 4,
            ChangeKind.RemoveAndAdd => 1,
            _ => 0,
        };
        var room = world.MaxMembers - who.Group.Public.Members.Count();
        return [.. Enumerable.Range(0, Math.Clamp(wanted, 0, Math.Max(0, room))).Select(_ => world.NewParticipant())];
    }

    private static IEnumerable<Proposal> Proposals(World world, Participant who, Change change)
    {
        var group = who.Group;
        switch (change.Kind)
        {
            case ChangeKind.Remove or ChangeKind.RemoveAndAdd:
                var others = group.Public.Members.Where(member => member.Index != group.OwnLeaf).ToArray();
                if (others.Length > 0)
                    yield return new RemoveProposal(others[change.Choice % others.Length].Index);
                break;
            case ChangeKind.Extensions:
                yield return new GroupContextExtensionsProposal(world.Extensions(change.Choice % 3 == 0 ? null : change.Choice));
                break;
            case ChangeKind.ExternalPsk:
                yield return ExternalPsk(world, change.Choice);
                break;
            case ChangeKind.ResumptionPsk:
                if (CommonEpoch(world, who, change.Choice) is { } epoch)
                    yield return new PreSharedKeyProposal(new ResumptionPskId(ResumptionPskUsage.Application, group.GroupId, epoch, Nonce(world)));
                break;
        }
    }

    // An epoch that every member of the participant's own one was in: all others would miss its resumption_psk.
    private static Epoch? CommonEpoch(World world, Participant who, int choice)
    {
        var members = world.Service.Epochs[who.Group.Epoch].Members;
        var first = world.Participants.Where(participant => members.Contains(participant.Name)).Max(participant => participant.FirstEpoch.Value);
        return first <= who.Group.Epoch.Value ? new Epoch(first + (ulong)choice % (who.Group.Epoch.Value - first + 1)) : null;
    }

    private static Opaque Nonce(World world)
    {
        var nonce = new byte[world.Suite.HashSize];
        world.Random(nonce);
        return new Opaque(nonce);
    }
}
