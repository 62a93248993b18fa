using System.Text;
using Skytale.Mls.Codec;
using Skytale.Mls.Credentials;
using Skytale.Mls.Crypto;
using Skytale.Mls.Extensions;
using Skytale.Mls.Framing;
using Skytale.Mls.Groups;
using Skytale.Mls.KeyPackages;
using Skytale.Mls.Messages;
using Skytale.Mls.Proposals;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Tests.Properties;

/// <summary>
/// A client of the simulated world: invited, in the group, or out of it again. It sees the service's log at its own pace,
/// keeps what an application would keep, and is the same after a restart.
/// </summary>
internal sealed class Participant : IDisposable
{
    /// <summary>An extension of the application's own, so that the group's extensions can change.</summary>
    public const ExtensionType Topic = (ExtensionType)0xf0a1;

    private readonly World _world;
    private readonly KeyPackageBundle _bundle;
    private readonly List<SignatureKeyPair> _signers = [];

    // §8.6: the resumption_psk of the epochs that it was in, for later commits that name one.
    private readonly Dictionary<Epoch, byte[]> _resumptionPsks = [];

    // Proposals of the present epoch that did not reach it.
    private readonly List<LogEntry> _missed = [];
    private MlsGroup? _group;
    private PastEpochs _past;

    public Participant(World world, string name)
    {
        _world = world;
        Name = name;
        _past = new PastEpochs(world.PastLimit);
        Signer = world.Suite.GenerateSignatureKeyPair(world.Random);
        var options = new KeyPackageOptions
        {
            Capabilities = Capabilities,
            Lifetime = new Lifetime(0, ulong.MaxValue),
        };
        _signers.Add(Signer);
        _bundle = KeyPackageBundle.Create(world.Suite, Signer, Credential, options, world.Random);
    }

    public string Name { get; }

    /// <summary>Of its key package, and of its joins from outside; its leaf's may be another since an Update.</summary>
    public SignatureKeyPair Signer { get; }

    public BasicCredential Credential => new(Opaque.Copy(Encoding.UTF8.GetBytes(Name)));

    public Capabilities Capabilities => Capabilities.Basic(_world.Suite.Id) with { Extensions = [Topic], Proposals = [ProposalType.SelfRemove] };

    public KeyPackageBundle Bundle => _bundle;

    public MlsGroup Group => _group ?? throw new InvalidOperationException($"{Name} is in no group");

    public bool IsIn => _group is not null && !IsOut;

    /// <summary>Removed, and knows it. What it had is kept, to see that it is of no use.</summary>
    public bool IsOut { get; private set; }

    /// <summary>The first epoch that it has the keys of.</summary>
    public Epoch FirstEpoch { get; private set; }

    /// <summary>The next entry of the service's log to look at.</summary>
    public int Cursor { get; private set; }

    public bool IsCaughtUp => Cursor == _world.Service.Log.Count;

    /// <summary>The commit under way.</summary>
    public Prepared? Prepared { get; set; }

    /// <summary>Numbers of the messages it has read.</summary>
    public HashSet<int> Read { get; } = [];

    /// <summary>The epochs before the present one whose messages it must still be able to read.</summary>
    public bool Remembers(Epoch epoch) => epoch < Group.Epoch && epoch >= FirstEpoch && epoch.Value + (ulong)_world.PastLimit >= Group.Epoch.Value;

    /// <summary>Enters by a Welcome; the log goes on behind the commit that it belongs to.</summary>
    public void Join(Welcome welcome, int cursor)
    {
        Cursor = cursor;
        Enter(MlsGroup.Join(TestWire.Again(welcome), _bundle, Signer, new JoinOptions { FindPsk = FindPsk }));
        FirstEpoch = Group.Epoch;
        _world.Count("joined");
    }

    /// <summary>Enters by its own external commit, anew if it was in before: what it had then is gone.</summary>
    public void Rejoin(ExternalJoin join, int cursor)
    {
        Cursor = cursor;
        IsOut = false;
        _missed.Clear();
        Prepared?.Dispose();
        Prepared = null;
        _group?.Dispose();
        _group = null;
        _past.Dispose();
        _past = new PastEpochs(_world.PastLimit);
        Enter(join.Enter());
        FirstEpoch = Group.Epoch;
        _world.Count("joined from outside");
    }

    /// <summary>Looks at the next entries of the log; its own commit is merged when it meets it there.</summary>
    /// <param name="missing">True when proposals do not reach it, until it needs them.</param>
    public void CatchUp(int entries = int.MaxValue, bool missing = false)
    {
        for (; entries > 0 && !IsOut && !IsCaughtUp; entries--)
        {
            var entry = _world.Service.Log[Cursor++];
            if (entry.IsCommit)
                Follow(entry);
            else if (missing && entry.Sender != this)
                _missed.Add(entry);
            else
                Receive(entry);
        }
    }

    /// <summary>A new signature key pair, kept for as long as it lives.</summary>
    public SignatureKeyPair NewSigner()
    {
        _signers.Add(_world.Suite.GenerateSignatureKeyPair(_world.Random));
        return _signers[^1];
    }

    public UnprotectedMessage Unprotect(PrivateMessage message) =>
        message.Epoch < Group.Epoch ? _past.Unprotect(message) : Group.Unprotect(message);

    public StagedCommit Process(MlsMessage commit) => Group.Process(commit, new ProcessOptions { FindPsk = FindPsk });

    /// <summary>What must be refused, and for which reasons it may be; nothing that is stored may differ afterwards.</summary>
    public void Refuses(string what, Action action, params MlsError[] errors)
    {
        var before = State();
        var error = Should.Throw<MlsException>(action, $"{Name}: {what}").Error;
        if (errors.Length > 0)
            errors.ShouldContain(error, $"{Name}: {what}");
        _world.Count($"refused: {error}");
        State().ShouldBe(before, $"{Name}: {what}: refused, and the state changed");
    }

    /// <summary>Everything that it stores.</summary>
    public Opaque State()
    {
        using var writer = new TlsWriter();
        foreach (var part in Parts())
        {
            using (part)
                writer.WriteOpaque(part.Span);
        }
        return writer.ToOpaque();
    }

    /// <summary>As after a crash: all of it anew from what was stored.</summary>
    public void Restart()
    {
        var before = State();
        var parts = Parts().ToArray();
        var restored = MlsGroup.Deserialize(parts[0].Span, parts[1].Span, parts[2].Span, _signers);
        _group!.Dispose();
        _group = restored;
        _past.Dispose();
        _past = PastEpochs.Deserialize(parts[3].Span, _world.PastLimit);
        Prepared?.Restore(_group, parts[4].Span);
        _world.Count(Prepared is null ? "restarted" : "restarted with a commit under way");
        foreach (var part in parts)
            part.Dispose();
        State().ShouldBe(before, $"{Name}: the state after a restart");
    }

    public Secret? FindPsk(PreSharedKeyId id) => id switch
    {
        ExternalPskId external => Secret.Copy(_world.Suite.Hash(external.PskId.Span).Span),
        ResumptionPskId resumption when _resumptionPsks.TryGetValue(resumption.PskEpoch, out var psk) => Secret.Copy(psk),
        _ => null,
    };

    public void Dispose()
    {
        Prepared?.Dispose();
        _group?.Dispose();
        _past.Dispose();
        _bundle.Dispose();
        foreach (var signer in _signers)
            signer.Dispose();
    }

    private void Follow(LogEntry entry)
    {
        if (entry.Sender == this)
        {
            Refuses("its own commit as another's", () => Process(entry.Message), MlsError.OwnMessage);
            Enter(Group.Merge(Prepared!.Pending));
            return;
        }
        FetchMissed(entry);
        using var staged = Process(TestWire.Again(entry.Message));
        var stays = _world.Service.Epochs[entry.Epoch.Next].Members.Contains(Name);
        staged.RemovesMe.ShouldBe(!stays, $"{Name} in epoch {Group.Epoch}");
        if (stays)
        {
            Enter(Group.Merge(staged));
            return;
        }
        Refuses("the epoch that it was removed from", () => Group.Merge(staged), MlsError.Removed);
        IsOut = true;
        _world.Count("removed");
        Prepared?.Dispose();
        Prepared = null;
    }

    private void Receive(LogEntry entry)
    {
        if (entry.Sender == this && entry.Message.PrivateMessage is not null)
        {
            Refuses("its own proposal, encrypted", () => Group.Receive(entry.Message), MlsError.OwnMessage);
            return;
        }
        var reference = Group.Receive(TestWire.Again(entry.Message));
        Group.Proposals.ShouldContain(kept => kept.Reference == reference);

        // The same again changes nothing: kept already, or its key is gone.
        var before = State();
        if (entry.Message.PublicMessage is not null)
            Group.Receive(entry.Message).ShouldBe(reference);
        else
            Refuses("a proposal for the second time", () => Group.Receive(entry.Message), MlsError.GenerationConsumed);
        State().ShouldBe(before);
    }

    // A commit that names a proposal which did not arrive is refused; the proposal can still be fetched, in whatever order.
    private void FetchMissed(LogEntry commit)
    {
        if (_missed.Count == 0)
            return;
        try
        {
            Process(commit.Message).Dispose();
            return;
        }
        catch (MlsException e) when (e.Error == MlsError.UnknownProposalReference)
        {
            Refuses("a commit of proposals that are missing", () => Process(commit.Message), MlsError.UnknownProposalReference);
        }
        _missed.Reverse();
        foreach (var entry in _missed)
            Receive(entry);
        _missed.Clear();
    }

    private void Enter(MlsGroup next)
    {
        if (_group is { } old)
        {
            _past.Add(old);
            old.Dispose();
        }
        _group = next;
        _missed.Clear();
        if (Prepared is { IsAccepted: false })
            _world.Count("commit lost");

        // A commit of the epoch that is left, its own that won or one that lost, is of no use any more.
        Prepared?.Dispose();
        Prepared = null;
        using var psk = next.ResumptionPsk;
        _resumptionPsks[next.Epoch] = psk.Span.ToArray();
        _world.Service.Entered(this);
    }

    private IEnumerable<Secret> Parts()
    {
        yield return Group.SerializeEpoch();
        yield return Group.SerializeReceiving();
        yield return Group.SerializeSending();
        yield return _past.Serialize();
        if (Prepared is { } prepared)
            yield return Group.SerializePending(prepared.Pending);
    }
}

/// <summary>What passes from one client to another passes as bytes.</summary>
internal static class TestWire
{
    public static T Again<T>(T message) where T : IWireStruct<T> => Tls.Decode<T>(Tls.Encode(message));
}
