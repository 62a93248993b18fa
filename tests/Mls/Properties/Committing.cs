using Skytale.Mls.Codec;
using Skytale.Mls.Extensions;
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
}

/// <summary>A change, and a number that chooses how many, whom, or which.</summary>
internal sealed record Change(ChangeKind Kind, int Choice);

/// <summary>How a participant turns a change into a commit, and brings it to the service.</summary>
internal static class Committing
{
    /// <summary>Makes the commit in the participant's own epoch; one that it had before and nobody saw is dropped.</summary>
    public static void Prepare(World world, Participant who, Change change)
    {
        if (who.Prepared is { IsAccepted: true })
            return;
        Prepare(world, who, change.Kind, Proposals(world, who, change), Added(world, who, change));
    }

    /// <summary>Makes a commit that adds so many.</summary>
    public static void Add(World world, Participant who, int count) =>
        Prepare(world, who, ChangeKind.Add, [], [.. Enumerable.Range(0, count).Select(_ => world.NewParticipant())]);

    /// <summary>Sends what is ready. When the service takes it, those whom it invites are in the world.</summary>
    public static void Publish(World world, Participant who)
    {
        if (who.Prepared is not { IsAccepted: false } prepared || !world.Service.Accept(who, prepared.Pending))
            return;
        prepared.IsAccepted = true;
        world.Count($"committed: {prepared.Kind}");
        foreach (var participant in prepared.Added)
        {
            participant.Join(prepared.Pending.Welcome!, world.Service.Log.Count);
            world.Participants.Add(participant);
        }
    }

    private static void Prepare(World world, Participant who, ChangeKind kind, IEnumerable<Proposal> proposals, List<Participant> added)
    {
        who.Prepared?.Dispose();
        who.Prepared = null;
        var request = new CommitRequest
        {
            Proposals = [.. proposals, .. added.Select(participant => new AddProposal(participant.Bundle.KeyPackage))],
            ForcePath = kind is not (ChangeKind.AddWithoutPath or ChangeKind.ExternalPsk),
            FindPsk = who.FindPsk,
        };
        who.Prepared = new Prepared(who.Group.Commit(request, world.Random), kind, added);
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
                var topic = new Extension(Participant.Topic, Opaque.Copy(BitConverter.GetBytes(change.Choice)));
                yield return new GroupContextExtensionsProposal(change.Choice % 3 == 0 ? ExtensionList.Empty : new ExtensionList(topic));
                break;
            case ChangeKind.ExternalPsk:
                yield return new PreSharedKeyProposal(new ExternalPskId(Opaque.Copy(BitConverter.GetBytes(change.Choice % 5)), Nonce(world)));
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
        return new Epoch(first + (ulong)choice % (who.Group.Epoch.Value - first + 1));
    }

    private static Opaque Nonce(World world)
    {
        var nonce = new byte[world.Suite.HashSize];
        world.Random(nonce);
        return new Opaque(nonce);
    }
}
