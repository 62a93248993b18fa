using Skytale.Agent.Invitations;
using Skytale.Agent.Storage;
using Skytale.Groups;
using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Groups;
using Skytale.Mls.Messages;
using Skytale.Protocol;
using Skytale.Protocol.Frames;
using Skytale.RelayLink;
using Skytale.Sdk;

namespace Skytale.Agent.Channels;

/// <summary>
/// A channel in a running agent. Two places in its log matter: the head, up to which commits were followed (what is sent
/// is sent in the head's epoch), and the cursor, up to which the application is done (what is stored is as of the cursor,
/// so that a crash shows again what was not acknowledged). Everything here is used under <see cref="Gate"/>.
/// </summary>
internal sealed partial class ChannelSession : IDisposable
{
    private CancellationTokenSource _stay = new();
    private SkytaleException? _unstored;

    private bool _isCaughtUp;

    /// <summary>A stay that begins behind an entry.</summary>
    public ChannelSession(AgentContext context, ChannelId id, ChannelName name, EpochHandle epoch, Sequence at)
        : this(context, id, name, epoch, at, at, at)
    {
    }

    private ChannelSession(AgentContext context, ChannelId id, ChannelName name, EpochHandle epoch, Sequence cursor, Sequence done, Sequence shown)
    {
        (Context, Id, Name, JoinedAt, Received) = (context, id, name, cursor, cursor);
        Head = Reading = epoch;
        StayEnded = _stay.Token;
        Contention = new Contention(context.Time);
        Wishes = new ReAddingWishes(this);
        OwnKeys = new OwnKeys(this);
        Progress = new Progress(this, epoch.Epoch, cursor, done, shown);
        Parts = new Parts(this);
        Sending = new Sending(this);
        Invitations = new KnownInvitations(this);
        Joiners = new Joiners(this);
        Reports.Entered(epoch.Epoch, epoch.AppliedHash, byAnother: false);
    }

    public AgentContext Context { get; }

    public ChannelId Id { get; }

    public ChannelName Name { get; }

    /// <summary>The commit that added this agent; the creator's is <see cref="Sequence.Start"/>.</summary>
    public Sequence JoinedAt { get; private set; }

    /// <summary>Cancelled when this agent is added again: what was delivered to it before ends.</summary>
    public CancellationToken StayEnded { get; private set; }

    public SemaphoreSlim Gate { get; } = new(1, 1);

    /// <summary>Held by whoever commits: there is one <see cref="Pending"/>.</summary>
    public SemaphoreSlim CommitTurn { get; } = new(1, 1);

    /// <summary>The newest epoch that is known.</summary>
    public EpochHandle Head { get; set; }

    /// <summary>The cursor's epoch.</summary>
    public EpochHandle Reading { get; set; }

    /// <summary>The newest entry that was received.</summary>
    public Sequence Received { get; set; }

    /// <summary>How far the application is, and the store.</summary>
    public Progress Progress { get; }

    public Inbox Inbox { get; } = new();

    /// <summary>The message that was shown and not acknowledged; the cursor stays before it.</summary>
    public UnreadMessage? InFlight { get; set; }

    /// <summary>Messages of which some parts came.</summary>
    public Parts Parts { get; }

    /// <summary>Requests that wait for a reply.</summary>
    public Replies Replies { get; } = new();

    /// <summary>The way out for messages and notices.</summary>
    public Sending Sending { get; }

    /// <summary>Who takes what members' agents tell one another.</summary>
    public NoticeHandlers Notices { get; } = new();

    /// <summary>Ids of messages that this run sent and that have not come back.</summary>
    public HashSet<MessageId> OwnMessages { get; } = [];

    /// <summary>This agent's commit under way in the head's epoch.</summary>
    public PendingCommit? Pending { get; set; }

    /// <summary>Grows whenever the channel goes on from where a send or a commit could be refused: to another epoch, or back in its own.</summary>
    public ulong Turns { get; private set; }

    /// <summary>Why the channel stands still, if it does.</summary>
    public ChannelTrouble Trouble { get; } = new();

    /// <summary>Who has which epoch_authenticator.</summary>
    public EpochReports Reports { get; } = new();

    /// <summary>Members that asked to be added again.</summary>
    public ReAddingWishes Wishes { get; }

    /// <summary>How old this agent's keys are.</summary>
    public OwnKeys OwnKeys { get; }

    /// <summary>The channel's invitations.</summary>
    public KnownInvitations Invitations { get; }

    /// <summary>Who asks to join by them.</summary>
    public Joiners Joiners { get; }

    /// <summary>Own messages of epochs that may still be voided.</summary>
    public UnsettledMessages Unsettled { get; } = new();

    /// <summary>When this agent commits where others do too.</summary>
    public Contention Contention { get; }

    /// <summary>What this agent's commits changed and no caller was told of.</summary>
    public OwnChanges OwnChanges { get; } = new();

    /// <summary>The delivery that runs, to acknowledge on.</summary>
    public Delivery? Delivery { get; set; }

    /// <summary>True when everything was received that the relay had when the delivery began.</summary>
    public bool IsCaughtUp
    {
        get => _isCaughtUp;
        set
        {
            _isCaughtUp = value;
            WasCaughtUp |= value;
        }
    }

    /// <summary>True once this run has seen all that was sent before it: what the store knows can be told from what was sent.</summary>
    public bool WasCaughtUp { get; private set; }

    /// <summary>True once a later stay in the same channel has taken this one's place in the store.</summary>
    public bool IsSuperseded { get; private set; }

    /// <summary>Why the channel cannot go on, if so.</summary>
    public SkytaleException? Failure { get; set; }

    /// <summary>Raised for an entry that was passed over.</summary>
    public Action<RejectedMessage>? Rejected { get; set; }

    /// <summary>Raised where messages are gone.</summary>
    public Action<MessagesMissed>? Missed { get; set; }

    /// <summary>Raised for what befalls the channel as a whole.</summary>
    public Action<ChannelEvent>? Happened { get; set; }

    /// <summary>A session as it was stored.</summary>
    public static ChannelSession Restore(AgentContext context, StoredChannel stored)
    {
        using var sending = context.Store.ReadSending(stored.Channel, stored.Epoch)
            ?? throw new SkytaleException(SkytaleError.StoreCorrupt, $"The store has no sending state for {stored.Name}.", "Restore the store from a copy of the same moment.");
        var epoch = EpochHandle.Restore(stored.EpochState.Span, stored.Receiving.Span, sending, context.Identity.Keys);
        var session = new ChannelSession(context, stored.Channel, stored.Name, epoch, stored.Cursor, stored.Acknowledged, stored.Shown) { JoinedAt = stored.JoinedAt, IsLeaving = stored.IsLeaving };
        session.RestorePending();
        session.Invitations.Restore();
        return session;
    }

    /// <summary>Stores the state of an epoch in which nothing was read yet, at its first entry.</summary>
    public static void WriteEpoch(IAgentStoreTransaction transaction, ChannelId id, EpochHandle epoch, Sequence cursor)
    {
        using var receiving = epoch.Group.SerializeReceiving();
        WriteEpoch(transaction, id, epoch, receiving, cursor);
    }

    /// <summary>Stores the state of an epoch at its first entry.</summary>
    /// <param name="receiving">The others' ratchets there; the epoch's own may have moved on.</param>
    public static void WriteEpoch(IAgentStoreTransaction transaction, ChannelId id, EpochHandle epoch, Secret receiving, Sequence cursor)
    {
        using var state = epoch.Group.SerializeEpoch();
        using var sending = epoch.SerializeSending();
        transaction.PutEpoch(id, epoch.Epoch, state, receiving);
        transaction.PutSending(id, epoch.Epoch, sending);
        transaction.PutCursor(id, cursor);
    }

    /// <summary>After a restart the head's epoch may have a commit of the run before, which is then merged or sent, never made anew.</summary>
    public void RestorePending()
    {
        using var stored = Context.Store.ReadPending(Id, Head.Epoch);
        if (stored is not null)
            Pending = Head.Group.DeserializePending(stored.Span);
    }

    /// <summary>The channel is in another epoch; under the gate.</summary>
    /// <param name="by">Whose commit led there; null: this agent was added again.</param>
    /// <param name="left">Who left by it.</param>
    public void Enter(EpochHandle entered, AgentId? by, IReadOnlyCollection<AgentId> left)
    {
        var byAnother = by is { } committer && committer != Context.Identity.Id;
        var changes = by is { } changer ? MembershipEvents.Between(Head.Group.Public, entered.Group.Public, changer, left).ToList() : [];
        Pending?.Dispose();
        Pending = null;
        Head = entered;
        RestorePending();
        Turns++;
        Wishes.Follow(entered.Group.Public);
        Parts.Keep(entered.Group.Public.Members.Select(member => AgentLeaf.Named(member.Leaf.Credential)!.Value));
        if (byAnother)
            Unsettled.Settle();
        if (Reports.Entered(entered.Epoch, entered.AppliedHash, byAnother))
            SayForked(entered.Epoch);
        foreach (var change in changes)
            Happened?.Invoke(change);
    }

    /// <summary>The members are in different groups; under the gate.</summary>
    public void SayForked(Epoch epoch)
    {
        AgentLog.Forked(Context.Logger, Id.ToString(), epoch.Value);
        Happened?.Invoke(new Fork(epoch.Value));
    }

    /// <summary>This agent can only go on when it is added again; under the gate.</summary>
    public void NeedReAdding(ReAddingReason reason)
    {
        AgentLog.NeedsReAdding(Context.Logger, Id.ToString(), reason);
        Trouble.NeedReAdding(reason, Context.Time.GetUtcNow());
        SignalChange();
    }

    /// <summary>What failed here is void: the channel goes on in the epoch that it is in; under the gate.</summary>
    public void GoOn()
    {
        Trouble.End();
        Turns++;
    }

    /// <summary>
    /// This agent was added again: the new stay is stored at once, and begins here behind what is unread of the one before;
    /// under the gate.
    /// </summary>
    /// <param name="alongside">What else changes in the same transaction.</param>
    public void EnterAgain(MlsGroup group, Sequence at, Action<IAgentStoreTransaction> alongside)
    {
        var entered = new EpochHandle(group);
        Write(transaction =>
        {
            transaction.RemoveChannel(Id, Trouble.LastStanding ?? Head.Epoch);
            transaction.AddChannel(Id, Name, at);
            WriteEpoch(transaction, Id, entered, at);
            transaction.PutLeaving(Id, IsLeaving);
            alongside(transaction);
        });
        var missed = Trouble.Unread + (at > Received ? at.Value - Received.Value - 1 : 0);
        if (missed > 0)
            Inbox.Add(new MissedMessages(at, missed));
        Inbox.Add(new EpochStart(at, entered, entered.Group.SerializeReceiving()));
        (JoinedAt, Received, Delivery) = (at, at, null);
        OwnMessages.Clear();
        Parts.GiveUpAll();
        Progress.Enter(entered.Epoch, at);
        Trouble.End();
        Invitations.DisposeAll(); // The store has none of them any more: what was revoked meanwhile is not known.
        OwnKeys.Replaced();
        Enter(entered, by: null, left: []);
        using (_stay)
            _stay.Cancel();
        _stay = new CancellationTokenSource();
        StayEnded = _stay.Token;
        SignalChange();
    }

    /// <summary>
    /// Changes what is stored of this stay; under the gate. Memory is ahead of a store that failed: from then on nothing is
    /// written, shown or sent, and the next run starts from what the store has.
    /// </summary>
    public void Write(Action<IAgentStoreTransaction> changes)
    {
        if (IsSuperseded)
            return;
        WriteOr(() => Context.Store.Write(changes));
    }

    private void WriteOr(Action write)
    {
        if (_unstored is not null)
            throw _unstored;
        try
        {
            write();
        }
        catch (SkytaleException e)
        {
            _unstored = e;
            Break(e);
            throw;
        }
    }

    /// <summary>Stores how far the application is in this stay: as <see cref="Write"/>, but for a crash of the machine, which may take it back.</summary>
    public void WriteProgress(Sequence done, Sequence shown)
    {
        if (IsSuperseded || (done > shown ? done : shown) < JoinedAt)
            return;
        WriteOr(() => Context.Store.WriteProgress(Id, done, shown));
    }

    /// <summary>The same for what was read, up to a place; what stands before this stay is not stored any more.</summary>
    public void WriteRead(Sequence at, Action<IAgentStoreTransaction> changes)
    {
        if (at >= JoinedAt)
            Write(changes);
    }

    /// <summary>This agent was added again: what is unread here can be read still, nothing more comes; under the gate.</summary>
    public void Supersede()
    {
        IsSuperseded = HasLeft = true;
        Delivery = null;
        SignalChange();
    }

    /// <summary>Ends the channel with a reason; under the gate.</summary>
    public void Break(SkytaleException failure)
    {
        AgentLog.Broken(Context.Logger, Id.ToString(), failure.Message);
        Failure = failure;
        SignalChange();
    }

    /// <summary>True once nothing here may be touched any more.</summary>
    public bool IsDisposed { get; private set; }

    public void Dispose()
    {
        IsDisposed = true;
        Progress.Dispose();
        Parts.Dispose();
        Replies.Dispose();
        Pending?.Dispose();
        Pending = null;
        Invitations.DisposeAll();
        InFlight?.Dispose();
        InFlight = null;
        while (Inbox.Front is not null)
        {
            using var entry = Inbox.Take();
            if (entry is EpochStart start)
                start.Epoch.Dispose();
        }
        Reading.Dispose();
        Head.Dispose();
        using (_stay)
            _stay.Cancel();
    }
}
