using Skytale.Fuzz.Mls.Groups;
using Skytale.Mls.Codec;
using Skytale.Mls.Framing;
using Skytale.Mls.Groups;
using Skytale.Mls.Messages;
using Skytale.Mls.Proposals;
using Skytale.Mls.Tree;

namespace Skytale.Fuzz.Mls.Targets;

/// <summary>Valid things of a live group, which inputs are made from.</summary>
internal static class Corpus
{
    public static IReadOnlyList<byte[]> Encode<T>(IEnumerable<T> values) where T : IWireStruct<T> =>
        [.. values.Select(value => Tls.Encode(value).Span.ToArray())];

    /// <summary>A commit with a path and one without, and a proposal of each kind.</summary>
    public static IReadOnlyList<PublicMessage> PublicMessages(FuzzGroup group)
    {
        using var pathless = group.Alice.Group.Commit(
            new CommitRequest { Proposals = [new AddProposal(group.Joiner.Bundle.KeyPackage)], ForcePath = false }, group.Random.Fill);
        return
        [
            group.PendingMessage,
            pathless.Commit.PublicMessage!,
            .. group.Proposals().Select(proposal => group.Frame(group.Content(new ProposalBody(proposal)), null)),
        ];
    }

    public static PrivateMessage PrivateMessage(FuzzGroup group) => group.Alice.Group.Protect("hello"u8, "authenticated"u8, 64, group.Random.Fill);

    public static IReadOnlyList<MlsMessage> Messages(FuzzGroup group) =>
    [
        .. PublicMessages(group).Select(message => new MlsMessage(message)),
        new MlsMessage(PrivateMessage(group)),
        new MlsMessage(group.Pending.Welcome!),
        new MlsMessage(group.Pending.GroupInfo),
        new MlsMessage(group.Joiner.Bundle.KeyPackage),
    ];

    public static Commit Commit(FuzzGroup group) => ((CommitBody)group.PendingMessage.Content.Body).Commit;

    /// <summary>Leaves from a key package, from a path, and as they stand in the tree.</summary>
    public static IEnumerable<LeafNode> Leaves(FuzzGroup group) =>
        group.Alice.Group.Public.Members.Select(member => member.Leaf).Append(Commit(group).Path!.LeafNode).Append(group.Joiner.Bundle.KeyPackage.LeafNode);
}
