using Skytale.Protocol.Envelopes;
using Skytale.Sdk.Slim;
using Skytale.Sdk.Slim.Sessions;
using Skytale.SlimWire;
using Skytale.SlimWire.Messages;

namespace Skytale.Tests;

/// <summary>Two messages as a SLIM application of version 2.0.0-alpha.5 sent them at second 1795441597, and what is made of them.</summary>
public sealed class RealClientMessagesTests
{
    private const string Secret = "demo-shared-secret-0123456789-abcdefghijklmnop";

    private const string DiscoveryRequest = "GpoECv8DCkkKNwi7rKq3t4CWn4cBENGhpuOk09387gEYxOeV17fohtdJIhUIwr64v6bi7etFEMaUwMqs9P2epQESDgoDb3JnEgJucxoDYm9iEkwKOAi7rKq3t4CWn4cBENGhpuOk09387gEYguParfqRr8h7IhYI////////////ARD///////////8BEhAKA29yZxICbnMaBWFsaWNlGuMBb3JnL25zL2JvYl9ZbDRDcXpaQzoxNzk1NDQxNTk3OnE3NTZDNDZGUmM3cWk5WVk6ZXlKd2RXSnJaWGtpT2lKQ1VFeGhOblowYVZGRU5uUllTSEIxVTBFM2JtVnBaV3RPTlZGRWJEbE9OemN3Y2toR01rcFRkbU5yZW5WblJXbG5WbE5EZHpoa1YxaEVTMlkzUkc5TUwweG1NVWRTTjJacWNscDVlR2RFVVRsaFlWUlBOV005SW4wOjlaN1VZSHpqMWI0b0NzVXVoaGY3emxaVlFjS3oyOFlTRnI5ZmZiR1VZWDAgASoNMi4wLjAtYWxwaGEuODAHSAFaIA0h4HCvcNzoDjQ6eMnQ+rT5Mub7bt7jcIqszYnkENi8YkcwRQIhAJQId8k0DDVA1AX878Z0jEr+PzfeaTecqz3AukGq6LCpAiA/7BEx1DO+V7rD18rIw+oa4mNT+BFGvSsCEZB6kKbhFxIQCAEQBRi0u5uzBSDgvv7PDhoEEgIKAA==";

    private const string JoinRequest = "GqIECoAECkkKNwi7rKq3t4CWn4cBENGhpuOk09387gEYxOeV17fohtdJIhUIwr64v6bi7etFEMaUwMqs9P2epQESDgoDb3JnEgJucxoDYm9iEkwKOAi7rKq3t4CWn4cBENGhpuOk09387gEYguParfqRr8h7IhYIg637rbSx48voARDyj5mtgM7uwJ8BEhAKA29yZxICbnMaBWFsaWNlGuMBb3JnL25zL2JvYl9ZbDRDcXpaQzoxNzk1NDQxNTk3Onc0c2RVREVaOGw5emY4eFU6ZXlKd2RXSnJaWGtpT2lKQ1VFeGhOblowYVZGRU5uUllTSEIxVTBFM2JtVnBaV3RPTlZGRWJEbE9OemN3Y2toR01rcFRkbU5yZW5WblJXbG5WbE5EZHpoa1YxaEVTMlkzUkc5TUwweG1NVWRTTjJacWNscDVlR2RFVVRsaFlWUlBOV005SW4wOk5BZnFsb2ROc256RERhSVlhRHM3Y3l3bUtxdlBQQnkyUy15YmFJNFpzMlUgASoNMi4wLjAtYWxwaGEuODAHSAFaIFjP293w71cgRwpA9eBn51mnkmU2GHPX86kxNQoeEnD2YkgwRgIhAK4ZCS0zcY6n4cuXlv7VegFyRpuOSo58M03w7mQOvlFlAiEA2fFlKNjanFSLVSumtScn4A/7+ZS4UFr7JTxA5OAmSpUSEAgBEAcYtLubswUg+Nz4/AIaCxIJGgcKBQjoBxAF";

    [Theory]
    [InlineData(DiscoveryRequest)]
    [InlineData(JoinRequest)]
    public void Token_name_and_signature_are_the_senders(string message)
    {
        var peer = Verify(Read(message));

        peer.Subject.ShouldBe("org/ns/bob_Yl4CqzZC");
    }

    [Theory]
    [InlineData(DiscoveryRequest)]
    [InlineData(JoinRequest)]
    public void Nothing_of_the_header_can_be_changed(string message)
    {
        var envelope = Read(message);

        ShouldBeRefused(envelope with { Destination = envelope.Destination with { Component2 = 1 } });
        ShouldBeRefused(envelope with { Source = envelope.Source with { Id = new SlimNameId(1, 1) } });
        ShouldBeRefused(envelope with { Source = envelope.Source with { Component0 = 1 } });
        ShouldBeRefused(envelope with { Session = envelope.Session with { MessageId = 1 } });
        ShouldBeRefused(envelope with { Session = envelope.Session with { MessageType = (uint)SessionMessageType.GroupClose } });
        ShouldBeRefused(envelope with { HeaderSignature = null });
        ShouldBeRefused(envelope with { Identity = envelope.Identity + "A" });
    }

    [Fact]
    public void What_it_asks_for_is_understood()
    {
        var join = Command.Read(Read(JoinRequest)).JoinRequest;

        (join.TimerSettings.Timeout, join.TimerSettings.MaxRetries, join.MlsSettings, join.Channel).ShouldBe((1000u, 5u, null, null));
    }

    private static void ShouldBeRefused(Envelope envelope) =>
        Should.Throw<SlimException>(() => Verify(envelope)).Error.ShouldBe(SlimError.ProtocolViolation);

    private static SlimPeer Verify(Envelope envelope)
    {
        using var identity = SlimIdentity.SharedSecret("org/ns/alice", Secret);
        return new Incoming(identity, new Microsoft.Extensions.Time.Testing.FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(1795441597))).Verify(envelope);
    }

    private static Envelope Read(string message) => EnvelopeMapping.ToEnvelope(Message.Parser.ParseFrom(Convert.FromBase64String(message)));
}
