using Skytale.Protocol.Envelopes;
using Skytale.Sdk.Slim;
using Skytale.Sdk.Slim.Sessions;
using Skytale.SlimWire;
using Skytale.SlimWire.Messages;

namespace Skytale.Tests.Kit;

/// <summary>Somebody who knows the secret and sends what he likes: sessions believe him no more than his token says.</summary>
internal sealed class Stranger : IDisposable
{
    private readonly SlimIdentity _identity;
    private readonly SlimIdentity? _owned;
    private readonly MemoryLink _link;

    /// <param name="identity">Somebody else's, which he has come by; null: one of his own.</param>
    /// <param name="application">The last part of his name.</param>
    public Stranger(MemoryNode node, SlimIdentity? identity = null, string application = "mallory")
    {
        _identity = identity ?? (_owned = SlimIdentity.SharedSecret("org/ns/mallory", Parties.Secret));
        _link = node.Connect();
        Name = SlimName.Of("org", "ns", application, SlimNameId.OfText(_identity.Subject));
    }

    public SlimName Name { get; }

    /// <summary>A signed control message of a session, to one.</summary>
    public Envelope Control(SlimSession session, SlimName to, SessionMessageType type, CommandPayload payload, uint? number = null) =>
        Outgoing(session.Id, session.IsGroup).Control(new Command(to, type, number ?? SessionState.NewMessageId(), payload));

    /// <summary>A message in plaintext.</summary>
    public Envelope Data(SlimSession session, SlimName to, uint number, byte[]? payload = null) => Outgoing(session.Id, session.IsGroup)
        .Data(to, SessionMessageType.Msg, new SentMessage(number, SlimMessage.DefaultPayloadType, payload ?? "forged"u8.ToArray(), new Dictionary<string, string>()), fanout: 1, keys: null);

    /// <summary>MSG_ACK or RTX_REQUEST.</summary>
    public Envelope Note(SlimSession session, SlimName to, SessionMessageType type, uint number) => Outgoing(session.Id, session.IsGroup).Note(to, type, number);

    /// <summary>An invitation to a session of one's own: with one other, or of channels.</summary>
    public Envelope Invitation(uint session, SlimName to, SlimName? channel = null, SlimName? control = null, TimerSettings? timers = null)
    {
        var join = new JoinRequest
        {
            Channel = channel?.ToName(),
            Control = control?.ToName(),
            TimerSettings = timers ?? (channel is null ? null : new TimerSettings { Timeout = 1000, MaxRetries = 1 }),
        };
        return Outgoing(session, isGroup: channel is not null).Control(new Command(to, SessionMessageType.JoinRequest, session, new CommandPayload { JoinRequest = join }));
    }

    public Envelope Welcome(uint session, SlimName to) =>
        Outgoing(session, isGroup: false).Control(new Command(to, SessionMessageType.GroupWelcome, session, new CommandPayload { GroupWelcome = new GroupWelcome() }));

    public ValueTask SendAsync(Envelope envelope) => _link.PublishAsync(envelope, TestContext.Current.CancellationToken);

    public void Dispose() => _owned?.Dispose();

    private Outgoing Outgoing(uint session, bool isGroup) =>
        new(_identity, Name, session, isGroup ? SessionType.Multicast : SessionType.PointToPoint, TimeProvider.System);
}
