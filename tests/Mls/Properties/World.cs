using System.Text;
using Skytale.Mls.Codec;
using Skytale.Mls.Credentials;
using Skytale.Mls.Crypto;
using Skytale.Mls.Extensions;
using Skytale.Mls.Framing;
using Skytale.Mls.Groups;
using Skytale.Mls.Messages;

namespace Skytale.Mls.Tests.Properties;

/// <summary>An application message on its way, for whoever is given it.</summary>
internal sealed record SentMessage(int Number, Epoch Epoch, Participant Sender, string Text, PrivateMessage Message);

/// <summary>
/// A group, its service, all who are or were in it and the messages between them. What happens is told by operations,
/// whose numbers choose among what there is at the moment, so that any list of them makes sense. Nothing is random but
/// by the seed.
/// </summary>
internal sealed class World : IDisposable
{
    private readonly Random _random;
    private int _named;

    public World(CipherSuite suite, int founders, int maxMembers, int pastLimit, int seed)
    {
        (Suite, MaxMembers, PastLimit) = (suite, maxMembers, pastLimit);
        _random = new Random(seed);
        var creator = NewParticipant();
        ExternalSender = suite.GenerateSignatureKeyPair(Random);
        var creation = MlsGroup.CreateWithWelcome(Opaque.Copy("a group"u8), creator.Bundle, creator.Signer, Extensions(null), Random);
        Service = new DeliveryService(TestWire.Again(creation.GroupInfo));
        creator.Join(creation.Welcome, 0);
        Participants.Add(creator);
        if (founders > 1)
        {
            Committing.Add(this, creator, founders - 1);
            Committing.Publish(this, creator);
            creator.CatchUp();
        }
    }

    public CipherSuite Suite { get; }

    public int MaxMembers { get; }

    /// <summary>How many past epochs everybody keeps.</summary>
    public int PastLimit { get; }

    public DeliveryService Service { get; }

    /// <summary>Who may send proposals without being a member.</summary>
    public SignatureKeyPair ExternalSender { get; }

    /// <summary>Clients whose Adds were proposed and may be committed.</summary>
    public List<Participant> Candidates { get; } = [];

    /// <summary>All who are or were in the group.</summary>
    public List<Participant> Participants { get; } = [];

    public List<SentMessage> Messages { get; } = [];

    /// <summary>How often what happened: a run in which nothing did proves nothing.</summary>
    public Dictionary<string, int> Tally { get; } = [];

    public void Count(string what) => Tally[what] = Tally.GetValueOrDefault(what) + 1;

    public Participant NewParticipant() => new(this, $"p{_named++}");

    /// <summary>One of those who are in the group as far as they know.</summary>
    public Participant Pick(int n)
    {
        var inside = Participants.Where(participant => participant.IsIn).ToArray();
        return inside[n % inside.Length];
    }

    /// <summary>The group's extensions: its external sender always, a topic or none.</summary>
    public ExtensionList Extensions(int? topic)
    {
        var senders = new ExternalSenders([new ExternalSender(ExternalSender.PublicKey, new BasicCredential(Opaque.Copy("a service"u8)))]);
        var first = new Extension(ExtensionType.ExternalSenders, Tls.Encode(senders));
        return topic is { } number ? new ExtensionList(first, new Extension(Participant.Topic, Opaque.Copy(BitConverter.GetBytes(number)))) : new ExtensionList(first);
    }

    public void Random(Span<byte> destination) => _random.NextBytes(destination);

    public void Send(Participant who)
    {
        var text = $"{Messages.Count} by {who.Name}";
        var message = who.Group.Protect(Encoding.UTF8.GetBytes(text), Encoding.UTF8.GetBytes(who.Name), 64, Random);
        Messages.Add(new SentMessage(Messages.Count, who.Group.Epoch, who, text, TestWire.Again(message)));
    }

    /// <summary>Gives somebody a message: it is read if and only if it must be, and once.</summary>
    public void Deliver(SentMessage sent, Participant to)
    {
        var what = $"message {sent.Number} of epoch {sent.Epoch}, in epoch {to.Group.Epoch}";
        if (sent.Epoch != to.Group.Epoch && !to.Remembers(sent.Epoch))
            to.Refuses(what, () => to.Unprotect(sent.Message), MlsError.WrongEpoch);
        else if (sent.Sender == to)
            to.Refuses(what, () => to.Unprotect(sent.Message), MlsError.OwnMessage);
        else if (to.Read.Contains(sent.Number))
            to.Refuses(what, () => to.Unprotect(sent.Message), MlsError.GenerationConsumed);
        else
            Read(sent, to, what);
    }

    /// <summary>Once everything has arrived: all members are in the same epoch and read each other; all others read nothing of it.</summary>
    public void Settle()
    {
        foreach (var participant in Participants)
            participant.CatchUp();
        var members = Participants.Where(participant => participant.IsIn).ToArray();
        members.Select(member => member.Name).ShouldBe(Service.Epochs[Service.Epoch].Members, ignoreOrder: true);
        foreach (var member in members)
        {
            member.Group.Epoch.ShouldBe(Service.Epoch);
            Send(member);
        }
        foreach (var participant in Participants)
        {
            foreach (var sent in Messages)
                Deliver(sent, participant);
        }
        foreach (var outsider in Participants.Where(participant => participant.IsOut))
            Outside(outsider);
    }

    /// <summary>§16.6: of what happened after its removal a former member can use nothing, under whatever name it comes.</summary>
    public void Outside(Participant outsider)
    {
        foreach (var entry in Service.Log.Where(entry => entry.Epoch > outsider.Group.Epoch).TakeLast(20))
        {
            outsider.Refuses($"a {(entry.IsCommit ? "commit" : "proposal")} of epoch {entry.Epoch}", () => Feed(entry.Message), MlsError.WrongEpoch);
            if (entry.Message.PrivateMessage is { } encrypted)
            {
                var disguised = new MlsMessage(encrypted with { Epoch = outsider.Group.Epoch });
                outsider.Refuses($"the same as of epoch {outsider.Group.Epoch}", () => Feed(disguised), MlsError.DecryptionFailed);
            }

            void Feed(MlsMessage message)
            {
                if (entry.IsCommit)
                    outsider.Process(message);
                else
                    outsider.Group.Receive(message);
            }
        }
        foreach (var sent in Messages.Where(sent => sent.Epoch > outsider.Group.Epoch).TakeLast(20))
        {
            var disguised = sent.Message with { Epoch = outsider.Group.Epoch };
            outsider.Refuses($"message {sent.Number} as of epoch {disguised.Epoch}", () => outsider.Unprotect(disguised), MlsError.DecryptionFailed);
        }
    }

    public void Dispose()
    {
        foreach (var participant in Participants.Concat(Candidates))
            participant.Dispose();
        ExternalSender.Dispose();
    }

    private void Read(SentMessage sent, Participant to, string what)
    {
        using var read = to.Unprotect(sent.Message);
        Encoding.UTF8.GetString(read.Plaintext.Span).ShouldBe(sent.Text, what);
        DeliveryService.NameOf(read.Credential).ShouldBe(sent.Sender.Name, what);
        read.AuthenticatedData.ShouldBe(Opaque.Copy(Encoding.UTF8.GetBytes(sent.Sender.Name)), what);
        to.Read.Add(sent.Number).ShouldBeTrue();
        Count(sent.Epoch == to.Group.Epoch ? "message read" : "late message read");
    }
}
