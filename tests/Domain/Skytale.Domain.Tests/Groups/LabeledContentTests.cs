using System.Text;
using Skytale.Groups;

namespace Skytale.Tests.Groups;

public sealed class LabeledContentTests
{
    private readonly TestAgent _agent = new();

    [Fact]
    public void The_signed_bytes_are_label_and_content_each_with_its_length() =>
        LabeledContent.Encode("RelayProof", "abc"u8).Span.ToArray().ShouldBe([22, .. Encoding.ASCII.GetBytes("Skytale 1.0 RelayProof"), 3, .. "abc"u8]);

    [Fact]
    public void A_registration_is_account_name_and_id_each_with_its_length()
    {
        var id = _agent.Id.ToString();
        AgentRegistrationContent.Encode("acc", "n", _agent.Id).Span.ToArray().ShouldBe([3, .. "acc"u8, 1, .. "n"u8, (byte)id.Length, .. Encoding.ASCII.GetBytes(id)]);
    }

    [Fact]
    public void A_signature_is_good_for_its_agent_label_and_content_alone()
    {
        var signature = _agent.Sign(LabeledContent.RelayProof, "abc"u8).Span.ToArray();
        LabeledContent.Verify(_agent.Id, LabeledContent.RelayProof, "abc"u8, signature).ShouldBeTrue();
        LabeledContent.Verify(new TestAgent().Id, LabeledContent.RelayProof, "abc"u8, signature).ShouldBeFalse();
        LabeledContent.Verify(_agent.Id, LabeledContent.AgentRegistration, "abc"u8, signature).ShouldBeFalse();
        LabeledContent.Verify(_agent.Id, LabeledContent.RelayProof, "abd"u8, signature).ShouldBeFalse();
        LabeledContent.Verify(_agent.Id, LabeledContent.RelayProof, "abc"u8, signature.AsSpan(0, 63)).ShouldBeFalse();
        LabeledContent.Verify(_agent.Id, LabeledContent.RelayProof, "abc"u8, []).ShouldBeFalse();
    }
}
