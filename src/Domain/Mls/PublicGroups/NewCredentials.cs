using System.Collections.Immutable;
using Skytale.Mls.Credentials;
using Skytale.Mls.Extensions;
using Skytale.Mls.Messages;
using Skytale.Mls.Proposals;
using Skytale.Mls.Tree;

namespace Skytale.Mls.PublicGroups;

/// <summary>§5.3.1: what is put to the application's Authentication Service: every credential that is new to the group.</summary>
internal static class NewCredentials
{
    /// <summary>Those of a group that is about to be joined.</summary>
    /// <exception cref="MlsException"><see cref="MlsError.CredentialRefused"/>.</exception>
    public static void Judge(RatchetTree tree, GroupContext context, AcceptCredential accept)
    {
        foreach (var (index, leaf) in tree.Leaves)
            new CredentialQuestion(CredentialEvent.Joining, leaf.Credential, leaf.SignatureKey) { Leaf = index }.Require(accept);
        foreach (var sender in SendersOf(context))
            Question(sender).Require(accept);
    }

    /// <summary>Those that a commit brings in.</summary>
    /// <param name="before">The tree of the epoch that the commit is for.</param>
    /// <exception cref="MlsException"><see cref="MlsError.CredentialRefused"/>.</exception>
    public static void Judge(StagedPublicCommit staged, RatchetTree before, AcceptCredential accept)
    {
        foreach (var (index, keyPackage) in staged.Added)
            new CredentialQuestion(CredentialEvent.Add, keyPackage.LeafNode.Credential, keyPackage.LeafNode.SignatureKey) { Leaf = index }.Require(accept);
        foreach (var (index, leaf) in staged.Updated)
            JudgeSuccessor(CredentialEvent.Update, index, leaf, before[index], accept);
        if (staged.HasPath)
            JudgeSuccessor(CredentialEvent.Commit, staged.Committer, staged.NewTree[staged.Committer]!, Replaced(staged, before), accept);
        foreach (var sender in SendersOf(staged.NewContext).Except(SendersOf(staged.Before)))
            Question(sender).Require(accept);
    }

    /// <summary>Those that one proposal would bring in; an added client has no leaf yet.</summary>
    /// <param name="before">The tree of the epoch that the proposal is for.</param>
    /// <exception cref="MlsException"><see cref="MlsError.CredentialRefused"/>.</exception>
    public static void Judge(ResolvedProposal resolved, RatchetTree before, GroupContext context, AcceptCredential accept)
    {
        switch (resolved.Proposal)
        {
            case AddProposal { KeyPackage.LeafNode: var leaf }:
                new CredentialQuestion(CredentialEvent.Add, leaf.Credential, leaf.SignatureKey).Require(accept);
                break;
            case UpdateProposal update when resolved.Sender.Leaf is { } index:
                JudgeSuccessor(CredentialEvent.Update, index, update.LeafNode, before[index], accept);
                break;
            case GroupContextExtensionsProposal { Extensions: var extensions }:
                foreach (var sender in SendersOf(context with { Extensions = extensions }).Except(SendersOf(context)))
                    Question(sender).Require(accept);
                break;
        }
    }

    private static void JudgeSuccessor(CredentialEvent what, LeafIndex index, LeafNode leaf, LeafNode? previous, AcceptCredential accept)
    {
        if (leaf.Credential != previous?.Credential || leaf.SignatureKey != previous.SignatureKey)
            new CredentialQuestion(what, leaf.Credential, leaf.SignatureKey) { Leaf = index, Previous = previous?.Credential }.Require(accept);
    }

    // §12.2: an external commit's Remove is of an old version of the joiner.
    private static LeafNode? Replaced(StagedPublicCommit staged, RatchetTree before) =>
        staged.IsExternal ? staged.Resynced?.Leaf : before[staged.Committer];

    private static ImmutableArray<ExternalSender> SendersOf(GroupContext context) =>
        context.Extensions.Find<ExternalSenders>(ExtensionType.ExternalSenders)?.All ?? [];

    private static CredentialQuestion Question(ExternalSender sender) => new(CredentialEvent.ExternalSender, sender.Credential, sender.SignatureKey);
}
