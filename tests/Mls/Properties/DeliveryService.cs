using System.Text;
using Skytale.Mls.Credentials;
using Skytale.Mls.Crypto;
using Skytale.Mls.Groups;
using Skytale.Mls.Messages;
using Skytale.Mls.PublicGroups;

namespace Skytale.Mls.Tests.Properties;

/// <summary>A commit in the order that the service gave.</summary>
internal sealed record LogEntry(MlsMessage Message, Participant Sender, Epoch Epoch);

/// <summary>
/// The simulated Delivery Service: one order of commits, of which the first of each epoch wins, and an observer without
/// secrets that follows them. It notes what every epoch is, and holds everybody who enters it to that.
/// </summary>
internal sealed class DeliveryService
{
    private readonly List<LogEntry> _log = [];
    private readonly Dictionary<Epoch, EpochRecord> _epochs = [];

    public DeliveryService(GroupInfo groupInfo)
    {
        Observer = PublicGroup.FromGroupInfo(groupInfo);
        Record();
    }

    public PublicGroup Observer { get; private set; }

    public IReadOnlyList<LogEntry> Log => _log;

    public IReadOnlyDictionary<Epoch, EpochRecord> Epochs => _epochs;

    public Epoch Epoch => Observer.Epoch;

    /// <summary>Accepts a commit of the present epoch and checks it as anyone without secrets can; refuses any other.</summary>
    public bool Accept(Participant sender, PendingCommit pending)
    {
        if (pending.Commit.Content.Epoch != Epoch)
        {
            Should.Throw<MlsException>(() => Observer.Verify(pending.Commit)).Error.ShouldBe(MlsError.WrongEpoch);
            return false;
        }
        var message = TestWire.Again(new MlsMessage(pending.Commit));
        var staged = Observer.Stage(Observer.Verify(message.PublicMessage!));
        Observer.VerifyGroupInfo(staged, pending.GroupInfo);
        _log.Add(new LogEntry(message, sender, Epoch));
        Observer.Merge(staged);

        // As after a restart; and a GroupInfo tells a newcomer the same as following did.
        Observer = PublicGroup.Deserialize(Observer.Serialize().Span);
        PublicGroup.FromGroupInfo(TestWire.Again(pending.GroupInfo)).Context.ShouldBe(Observer.Context);
        Record();
        return true;
    }

    /// <summary>All who enter an epoch have the same secrets in it, and see the tree that the observer sees.</summary>
    public void Entered(Participant who)
    {
        var (group, record) = (who.Group, _epochs[who.Group.Epoch]);
        group.Public.Context.ShouldBe(record.Context, who.Name);
        group.Public.ConfirmationTag.ShouldBe(record.ConfirmationTag, who.Name);
        record.Members.ShouldContain(who.Name);
        using var authenticator = group.EpochAuthenticator;
        using var exported = group.Export("label"u8, "context"u8, 40);
        byte[] secrets = [.. authenticator.Span, .. exported.Span];
        record.Secrets ??= secrets;
        secrets.SequenceEqual(record.Secrets).ShouldBeTrue($"{who.Name} has other secrets in epoch {group.Epoch}");
    }

    private void Record()
    {
        var members = Observer.Members.Select(member => NameOf(member.Leaf.Credential)).ToHashSet();
        Observer.Tree.TreeHash(Observer.Suite).ShouldBe(Observer.Context.TreeHash);
        _epochs.Add(Epoch, new EpochRecord(Observer.Context, Observer.ConfirmationTag, members));
    }

    public static string NameOf(Credential credential) => Encoding.UTF8.GetString(((BasicCredential)credential).Identity.Span);
}

/// <summary>What an epoch is, by those who were there first.</summary>
internal sealed record EpochRecord(GroupContext Context, Codec.Opaque ConfirmationTag, IReadOnlySet<string> Members)
{
    /// <summary>epoch_authenticator and an exported secret.</summary>
    public byte[]? Secrets { get; set; }
}
