using System.Text;
using Skytale.Mls.Codec;
using Skytale.Mls.Credentials;
using Skytale.Mls.Framing;
using Skytale.Mls.Messages;
using Skytale.Mls.Proposals;
using Skytale.Mls.PublicGroups;

namespace Skytale.Mls.Tests.Properties;

/// <summary>A proposal or commit in the order that the service gave.</summary>
/// <param name="Sender">None when no participant sent it.</param>
internal sealed record LogEntry(MlsMessage Message, Participant? Sender, Epoch Epoch, bool IsCommit);

/// <summary>
/// The simulated Delivery Service: one order of handshake messages, of the commits of an epoch the first wins, and an
/// observer without secrets that follows what it can read, and GroupInfos where it cannot. It notes what every epoch is,
/// and holds everybody who enters it to that.
/// </summary>
internal sealed class DeliveryService
{
    private readonly List<LogEntry> _log = [];
    private readonly Dictionary<Epoch, EpochRecord> _epochs = [];

    public DeliveryService(GroupInfo groupInfo)
    {
        Observer = PublicGroup.FromGroupInfo(groupInfo);
        GroupInfo = groupInfo;
        Record();
    }

    public PublicGroup Observer { get; private set; }

    /// <summary>Of the present epoch.</summary>
    public GroupInfo GroupInfo { get; private set; }

    public IReadOnlyList<LogEntry> Log => _log;

    public IReadOnlyDictionary<Epoch, EpochRecord> Epochs => _epochs;

    public Epoch Epoch => Observer.Epoch;

    /// <summary>Takes a proposal of the present epoch.</summary>
    public bool AcceptProposal(Participant? sender, MlsMessage proposal)
    {
        if (EpochOf(proposal) != Epoch)
            return false;
        var message = TestWire.Again(proposal);
        if (message.PublicMessage is { } open)
            Observer.Keep(Observer.Verify(open));
        _log.Add(new LogEntry(message, sender, Epoch, IsCommit: false));
        return true;
    }

    /// <summary>Takes a commit of the present epoch, after every check that needs no secret; refuses any other.</summary>
    public bool AcceptCommit(Participant sender, MlsMessage commit, GroupInfo groupInfo)
    {
        if (EpochOf(commit) != Epoch)
        {
            if (commit.PublicMessage is { } late)
                Should.Throw<MlsException>(() => Observer.Verify(late)).Error.ShouldBe(MlsError.WrongEpoch);
            return false;
        }
        var message = TestWire.Again(commit);
        _log.Add(new LogEntry(message, sender, Epoch, IsCommit: true));
        GroupInfo = TestWire.Again(groupInfo);
        var told = PublicGroup.FromGroupInfo(GroupInfo);
        if (message.PublicMessage is { } open && CanResolve(open))
        {
            var staged = Observer.Stage(Observer.Verify(open));
            Observer.VerifyGroupInfo(staged, GroupInfo);
            Observer.Merge(staged);
            told.Context.ShouldBe(Observer.Context, "a newcomer is told what following shows");
        }
        else
        {
            Observer = told;
        }

        // As after a restart.
        Observer = PublicGroup.Deserialize(Observer.Serialize().Span);
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

    public static string NameOf(Credential credential) => Encoding.UTF8.GetString(((BasicCredential)credential).Identity.Span);

    private static Epoch EpochOf(MlsMessage message) => message.PublicMessage?.Content.Epoch ?? message.PrivateMessage!.Epoch;

    // Proposals that were encrypted, the observer does not have.
    private bool CanResolve(PublicMessage commit) => ((CommitBody)commit.Content.Body).Commit.Proposals
        .OfType<ProposalByReference>()
        .All(reference => Observer.Proposals.Any(kept => kept.Reference == reference.Reference));

    private void Record()
    {
        var members = Observer.Members.Select(member => NameOf(member.Leaf.Credential)).ToHashSet();
        Observer.Tree.TreeHash(Observer.Suite).ShouldBe(Observer.Context.TreeHash);
        _epochs.Add(Epoch, new EpochRecord(Observer.Context, Observer.ConfirmationTag, members));
    }
}

/// <summary>What an epoch is, by those who were there first.</summary>
internal sealed record EpochRecord(GroupContext Context, Opaque ConfirmationTag, IReadOnlySet<string> Members)
{
    /// <summary>epoch_authenticator and an exported secret.</summary>
    public byte[]? Secrets { get; set; }
}
