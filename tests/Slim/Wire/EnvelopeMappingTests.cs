using CsCheck;
using Google.Protobuf;
using Skytale.Protocol;
using Skytale.Protocol.Envelopes;
using Skytale.SlimWire;
using Skytale.SlimWire.Messages;

namespace Skytale.Slim.Tests.Wire;

public sealed class EnvelopeMappingTests
{
    [Fact]
    public void A_message_is_the_same_after_it_was_an_envelope_with_the_fields_that_nobody_knows() =>
        GenMessage.Published.Sample(
            message =>
            {
                PublishRules.Violation(message.Publish).ShouldBeNull();
                var again = EnvelopeMapping.ToMessage(EnvelopeMapping.ToEnvelope(message.Clone()));
                again.ToByteArray().ShouldBe(message.ToByteArray(), $"{again} is not {message}");
            },
            iter: 3000);

    [Fact]
    public void What_the_real_client_sent_is_the_same_after_it_was_an_envelope_but_for_what_is_of_one_hop()
    {
        var again = EnvelopeMapping.ToMessage(EnvelopeMapping.ToEnvelope(RealClient.Publish));
        var expected = RealClient.Publish;
        expected.Publish.Header.ClearHeaderMac();
        expected.Publish.Header.ClearIncomingConn();
        again.ShouldBe(expected);
    }

    [Fact]
    public void What_is_of_one_hop_stays_behind()
    {
        var message = RealClient.Publish;
        var header = message.Publish.Header;
        (header.RecvFrom, header.ForwardTo, header.IncomingConn) = (1, 2, 3);
        var again = EnvelopeMapping.ToMessage(EnvelopeMapping.ToEnvelope(message)).Publish.Header;
        (again.HasRecvFrom, again.HasForwardTo, again.HasIncomingConn, again.HasHeaderMac).ShouldBe((false, false, false, false));
    }

    [Fact]
    public void Unknown_fields_that_are_known_ones_change_nothing()
    {
        var envelope = EnvelopeMapping.ToEnvelope(RealClient.Publish);
        var forged = new SlimHeader { Identity = "another", ForwardTo = 5, RecvFrom = 6, Fanout = 7, Ttl = 99, Source = new Name { Name_ = new EncodedName { Component0 = 1 } } };
        var again = EnvelopeMapping.ToMessage(envelope with { Unknown = new Dictionary<EnvelopePart, ReadOnlyMemory<byte>> { [EnvelopePart.Header] = forged.ToByteArray() } });
        again.ShouldBe(EnvelopeMapping.ToMessage(envelope));
    }

    [Fact]
    public void Unknown_fields_that_are_garbage_are_a_refusal()
    {
        var envelope = EnvelopeMapping.ToEnvelope(RealClient.Publish);
        var broken = envelope with { Unknown = new Dictionary<EnvelopePart, ReadOnlyMemory<byte>> { [EnvelopePart.Header] = new byte[] { 0xff, 0xff } } };
        Should.Throw<ProtocolException>(() => EnvelopeMapping.ToMessage(broken)).Code.ShouldBe(ErrorCode.MalformedFrame);
    }

    [Fact]
    public void A_name_of_text_is_the_one_that_the_real_client_writes()
    {
        var theirs = RealClient.Subscribe.Header.Source;
        var id = new SlimNameId(theirs.Name_.NameId.Id0, theirs.Name_.NameId.Id1);
        SlimName.Of("org", "ns", "bob", id).ToName().ShouldBe(theirs);
        theirs.ToSlimName().ShouldBe(SlimName.Of("org", "ns", "bob", id));
        SlimNameId.OfText(RealClient.Subscribe.Header.Identity.Split(':')[0]).ShouldBe(id);
    }
}
