using Skytale.Mls.Framing;
using Skytale.Mls.Groups;
using Skytale.Mls.Messages;
using Skytale.Mls.Proposals;
using Skytale.Mls.PublicGroups;

namespace Skytale.Mls.Tests.Properties;

/// <summary>What is proposed on its own in the simulated world.</summary>
internal enum WishKind
{
    Add,
    AddMe,
    Remove,
    RemoveByExternalSender,
    RemoveMe,
    Update,
    UpdateWithNewSigner,
    Extensions,
    ExternalPsk,
}

/// <summary>A proposal reaches the service, to be committed by reference in its epoch, or never.</summary>
internal sealed record Propose(int Who, WishKind Wish, int Choice, bool Encrypted) : Operation
{
    public override void Apply(World world)
    {
        if (Wish is WishKind.AddMe or WishKind.RemoveByExternalSender)
            FromOutside(world);
        else
            FromInside(world, world.Pick(Who));
    }

    // Now and then by somebody who is behind: the service takes only what is of the present epoch.
    private void FromInside(World world, Participant who)
    {
        if (Choice % 8 > 0)
            who.CatchUp();
        if (!who.IsOut && world.Service.AcceptProposal(who, Message(world, who)))
            world.Count($"proposed: {Wish}");
    }

    private MlsMessage Message(World world, Participant who)
    {
        // A SelfRemove is never encrypted (draft-ietf-mls-extensions).
        var (group, framing) = (who.Group, Committing.Framing(Encrypted && Wish != WishKind.RemoveMe));
        var proposal = Wish switch
        {
            WishKind.Add => new AddProposal(Candidate(world).Bundle.KeyPackage),
            WishKind.Remove => new RemoveProposal(group.Public.Members.ElementAt(Choice % group.Public.Members.Count()).Index),
            WishKind.RemoveMe => new SelfRemoveProposal(),
            WishKind.Extensions => new GroupContextExtensionsProposal(world.Extensions(Choice)),
            WishKind.ExternalPsk => Committing.ExternalPsk(world, Choice),
            _ => default(Proposal),
        };
        var sent = proposal is not null
            ? group.Propose(proposal, framing, world.Random)
            : group.ProposeUpdate(new LeafChange { Signer = Wish == WishKind.UpdateWithNewSigner ? who.NewSigner() : null }, framing, world.Random);
        group.Proposals.ShouldContain(kept => kept.Reference == sent.Reference);
        return sent.Message;
    }

    private void FromOutside(World world)
    {
        var context = world.Service.Observer.Context;
        var members = world.Service.Observer.Members.ToArray();
        var message = Wish == WishKind.AddMe && Candidate(world) is var candidate
            ? ExternalProposals.AddMe(context, candidate.Bundle.KeyPackage, candidate.Signer.PrivateKey)
            : ExternalProposals.Propose(context, 0, world.ExternalSender.PrivateKey, new RemoveProposal(members[Choice % members.Length].Index));
        world.Service.AcceptProposal(null, message).ShouldBeTrue();
        world.Count($"proposed: {Wish}");
    }

    private static Participant Candidate(World world)
    {
        world.Candidates.Add(world.NewParticipant());
        return world.Candidates[^1];
    }
}
