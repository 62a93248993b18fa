using System.Text.Json;
using Skytale.Mls.Codec;
using Skytale.Mls.Framing;
using Skytale.Mls.Messages;
using Skytale.Mls.Proposals;
using Skytale.Mls.Tree;

namespace Skytale.MlsVectors.Formats;

// {
//   "mls_welcome", "mls_group_info", "mls_key_package": MLSMessage,
//   "ratchet_tree": optional<Node> ratchet_tree<V>, "group_secrets": GroupSecrets,
//   "add_proposal" … "group_context_extensions_proposal": the proposals without their type,
//   "commit": Commit,
//   "public_message_application", "public_message_proposal", "public_message_commit", "private_message": MLSMessage
// }

/// <summary>messages: every structure is read as what it is, and written back byte for byte.</summary>
public static class MessagesFormat
{
    public static void RoundTrips(JsonElement testCase)
    {
        var read = new HashSet<string>(StringComparer.Ordinal);
        Message("mls_welcome", message => message.Welcome is not null);
        Message("mls_group_info", message => message.GroupInfo is not null);
        Message("mls_key_package", message => message.KeyPackage is not null);
        Message("public_message_application", message => message.PublicMessage?.Content.Body is ApplicationBody);
        Message("public_message_proposal", message => message.PublicMessage?.Content.Body is ProposalBody);
        Message("public_message_commit", message => message.PublicMessage?.Content.Body is CommitBody);
        Message("private_message", message => message.PrivateMessage is not null);
        RoundTrip<RatchetTree>("ratchet_tree");
        RoundTrip<GroupSecrets>("group_secrets").Dispose();
        RoundTrip<Commit>("commit");
        Body<AddProposal>(ProposalType.Add, "add_proposal");
        Body<UpdateProposal>(ProposalType.Update, "update_proposal");
        Body<RemoveProposal>(ProposalType.Remove, "remove_proposal");
        Body<PreSharedKeyProposal>(ProposalType.PreSharedKey, "pre_shared_key_proposal");
        Body<ReInitProposal>(ProposalType.ReInit, "re_init_proposal");
        Body<ExternalInitProposal>(ProposalType.ExternalInit, "external_init_proposal");
        Body<GroupContextExtensionsProposal>(ProposalType.GroupContextExtensions, "group_context_extensions_proposal");

        var unread = testCase.EnumerateObject().Select(member => member.Name).Where(name => !read.Contains(name)).ToArray();
        Agree.That(unread.Length == 0, $"structures that the format does not have: {string.Join(", ", unread)}");

        void Message(string name, Func<MlsMessage, bool> isOfItsKind) => Agree.That(isOfItsKind(RoundTrip<MlsMessage>(name)), $"'{name}' is a message of another kind");

        T RoundTrip<T>(string name) where T : IWireStruct<T>
        {
            var bytes = testCase.Bytes(name);
            var value = Tls.Decode<T>(bytes);
            Agree.On(Tls.Encode(value), bytes, $"{name}, encoded again");
            read.Add(name);
            return value;
        }

        void Body<T>(ProposalType type, string name) where T : Proposal
        {
            using var writer = new TlsWriter();
            writer.WriteUInt16((ushort)type);
            writer.WriteFixed(testCase.Bytes(name).Span);
            var bytes = writer.ToOpaque();
            var proposal = Tls.Decode<Proposal>(bytes);
            Agree.That(proposal is T, $"'{name}' is another proposal");
            Agree.On(Tls.Encode(proposal), bytes, $"{name}, encoded again");
            read.Add(name);
        }
    }
}
