using Skytale.Protocol.Envelopes;
using Skytale.SlimWire;
using Skytale.SlimWire.Messages;

namespace Skytale.Slim.Tests.Wire;

public sealed class PublishRulesTests
{
    public static TheoryData<string, Action<Publish>> Faults => new()
    {
        { "no header", publish => publish.Header = null },
        { "no source", publish => publish.Header.Source = null },
        { "no encoded source", publish => publish.Header.Source.Name_ = null },
        { "no destination", publish => publish.Header.Destination = null },
        { "no encoded destination", publish => publish.Header.Destination.Name_ = null },
        { "no session header", publish => publish.Session = null },
        { "ttl 0", publish => publish.Header.Ttl = 0 },
        { "a long name", publish => publish.Header.Source.StrName.StrComponent1 = new string('n', SlimNameText.MaxLength + 1) },
    };

    [Fact]
    public void The_real_clients_messages_break_no_rule()
    {
        PublishRules.Violation(RealClient.Publish.Publish).ShouldBeNull();
        PublishRules.Violation(RealClient.Subscribe.Header).ShouldBeNull();
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_message_that_nodes_do_not_take_is_refused(string what, Action<Publish> fault)
    {
        var publish = RealClient.Publish.Publish;
        fault(publish);
        PublishRules.Violation(publish).ShouldNotBeNull(what);
    }
}
