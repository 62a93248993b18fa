using Skytale.Protocol.Envelopes;
using Skytale.Sdk.Slim;
using Skytale.Sdk.Slim.Sessions;
using Skytale.SlimWire.Messages;

namespace Skytale.Tests.Kit;

/// <summary>Somebody who knows the secret and sends what he likes: sessions believe him no more than his token says.</summary>
internal sealed class Stranger : IDisposable
{
    private readonly SlimIdentity _identity = SlimIdentity.SharedSecret("org/ns/mallory", Parties.Secret);
    private readonly MemoryLink _link;

    public Stranger(MemoryNode node)
    {
        _link = node.Connect();
        Name = SlimName.Of("org", "ns", "mallory", SlimNameId.OfText(_identity.Subject));
    }

    public SlimName Name { get; }

    /// <summary>A signed control message of a session, to one.</summary>
    public Envelope Control(SlimSession session, SlimName to, SessionMessageType type, CommandPayload payload) =>
        Outgoing(session.Id, session.IsGroup).Control(new Command(to, type, SessionState.NewMessageId(), payload));

    /// <summary>A message in plaintext.</summary>
    public Envelope Data(SlimSession session, SlimName to, uint number) => Outgoing(session.Id, session.IsGroup)
        .Data(to, SessionMessageType.Msg, new SentMessage(number, SlimMessage.DefaultPayloadType, "forged"u8.ToArray(), new Dictionary<string, string>()), fanout: 1, keys: null);

    /// <summary>An invitation to a session of one's own.</summary>
    public Envelope Invitation(uint session, SlimName to) =>
        Outgoing(session, isGroup: false).Control(new Command(to, SessionMessageType.JoinRequest, 1, new CommandPayload { JoinRequest = new JoinRequest() }));

    public ValueTask SendAsync(Envelope envelope) => _link.PublishAsync(envelope, TestContext.Current.CancellationToken);

    public void Dispose() => _identity.Dispose();

    private Outgoing Outgoing(uint session, bool isGroup) =>
        new(_identity, Name, session, isGroup ? SessionType.Multicast : SessionType.PointToPoint, TimeProvider.System);
}
