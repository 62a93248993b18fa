using Skytale.Fuzz.Mls.Groups;
using Skytale.Fuzz.Mls.Running;
using Skytale.Mls;
using Skytale.Mls.Codec;
using Skytale.Mls.Framing;
using Skytale.Mls.Groups;
using Skytale.Mls.KeyPackages;
using Skytale.Mls.Messages;
using Skytale.Mls.PublicGroups;

namespace Skytale.Fuzz.Mls.Targets;

/// <summary>Any bytes as an MLSMessage at a live member, each kind of message where a client would take it.</summary>
internal static class Members
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_702_000_000);

    public static Dictionary<string, Func<FuzzGroup, FuzzTarget>> All { get; } = new()
    {
        ["member"] = group => new MemberTarget(group, Corpus.Encode(Corpus.Messages(group)), bytes => Take(group, Tls.Decode<MlsMessage>(bytes))),
        ["observer"] = group => new ObserverTarget(group),
    };

    /// <summary>Gives a message to Bob, or to who joins.</summary>
    public static void Take(FuzzGroup group, MlsMessage message)
    {
        switch (message.WireFormat)
        {
            case WireFormat.PublicMessage when message.PublicMessage!.Content.Body is ProposalBody:
            case WireFormat.PrivateMessage when message.PrivateMessage!.ContentType == ContentType.Proposal:
                group.Bob.Group.Receive(message);
                break;
            case WireFormat.PublicMessage:
            case WireFormat.PrivateMessage when message.PrivateMessage!.ContentType == ContentType.Commit:
                group.Bob.Group.Process(message).Dispose();
                break;
            case WireFormat.PrivateMessage:
                group.Bob.Group.Unprotect(message.PrivateMessage!).Dispose();
                break;
            case WireFormat.Welcome:
                MlsGroup.Join(message.Welcome!, group.Joiner.Bundle, group.Joiner.Signer, new JoinOptions()).Dispose();
                break;
            case WireFormat.GroupInfo:
                PublicGroup.FromGroupInfo(message.GroupInfo!);
                break;
            case WireFormat.KeyPackage:
                ValidatedKeyPackage.Validate(message.KeyPackage!, Now);
                break;
            default:
                throw new FuzzFault($"a wire format {message.WireFormat} was decoded");
        }
    }
}
