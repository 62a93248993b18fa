using System.Text.Json;
using Skytale.Mls.Codec;
using Skytale.Mls.Messages;
using Skytale.Mls.Proposals;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Tests.Vectors;

public sealed class MessagesVectors
{
    [Fact]
    public void Every_kind_of_message_is_read_and_written_back_byte_for_byte() => VectorFile.Open("messages").ForEach(testCase =>
    {
        var kinds = 0;
        RoundTrip<MlsMessage>("mls_welcome", "mls_group_info", "mls_key_package", "public_message_application", "public_message_proposal", "public_message_commit", "private_message");
        RoundTrip<RatchetTree>("ratchet_tree");
        RoundTrip<GroupSecrets>("group_secrets");
        RoundTrip<Commit>("commit");
        Body<AddProposal>(ProposalType.Add, "add_proposal");
        Body<UpdateProposal>(ProposalType.Update, "update_proposal");
        Body<RemoveProposal>(ProposalType.Remove, "remove_proposal");
        Body<PreSharedKeyProposal>(ProposalType.PreSharedKey, "pre_shared_key_proposal");
        Body<ReInitProposal>(ProposalType.ReInit, "re_init_proposal");
        Body<ExternalInitProposal>(ProposalType.ExternalInit, "external_init_proposal");
        Body<GroupContextExtensionsProposal>(ProposalType.GroupContextExtensions, "group_context_extensions_proposal");
        kinds.ShouldBe(testCase.EnumerateObject().Count());

        void RoundTrip<T>(params string[] names) where T : IWireStruct<T>
        {
            foreach (var name in names)
            {
                var bytes = testCase.Bytes(name);
                Tls.Encode(Tls.Decode<T>(bytes)).ShouldBe(bytes, name);
                kinds++;
            }
        }

        // The file has the proposals' bodies, without their type.
        void Body<T>(ProposalType type, string name) where T : Proposal
        {
            using var writer = new TlsWriter();
            writer.WriteUInt16((ushort)type);
            writer.WriteFixed(testCase.Bytes(name).Span);
            var bytes = writer.ToOpaque();
            var proposal = Tls.Decode<Proposal>(bytes);
            proposal.ShouldBeOfType<T>();
            Tls.Encode(proposal).ShouldBe(bytes, name);
            kinds++;
        }
    });

    [Fact]
    public void No_message_is_read_when_its_end_is_missing_or_a_byte_follows() => VectorFile.Open("messages").ForEach(testCase =>
    {
        foreach (var name in new[] { "mls_welcome", "mls_group_info", "mls_key_package", "public_message_commit", "private_message" })
        {
            var bytes = testCase.Bytes(name).Span.ToArray();
            Expect.Refused(MlsError.Truncated, () => Tls.Decode<MlsMessage>(bytes.AsSpan(0, bytes.Length - 1)));
            Expect.Refused(MlsError.TrailingBytes, () => Tls.Decode<MlsMessage>([.. bytes, 0]));
        }
    });
}
