using Skytale.Protocol.Envelopes;
using Skytale.SlimWire;
using Skytale.SlimWire.Messages;

namespace Skytale.Sdk.Slim.Sessions;

/// <summary>A participant of a session, this agent or another.</summary>
/// <param name="Name">With its id.</param>
/// <param name="Receives">True when it takes part in the application's messages.</param>
/// <param name="IsOnline">False when it was not heard for a while, or said so.</param>
internal sealed record Member(SlimName Name, bool Sends, bool Receives, bool IsOnline)
{
    /// <summary>Who the moderator saw it to be; null at the others.</summary>
    public SlimPeer? Peer { get; init; }

    /// <exception cref="SlimException"><see cref="SlimError.ProtocolViolation"/>: it has no name.</exception>
    public static Member Of(Participant participant) => new(
        participant.Name?.Name_ is null ? throw new SlimException(SlimError.ProtocolViolation, "A participant has no name.") : participant.Name.ToSlimName(),
        participant.Settings?.SendsData ?? true,
        participant.Settings?.ReceivesData ?? true,
        participant.Status == ParticipantState.Online);

    public Participant ToParticipant() => new()
    {
        Name = Name.ToName(),
        Settings = new ParticipantSettings { SendsData = Sends, ReceivesData = Receives },
        Status = IsOnline ? ParticipantState.Online : ParticipantState.Offline,
    };
}

/// <summary>The participants of a session. May be used concurrently.</summary>
internal sealed class Roster(SlimName own)
{
    /// <summary>Participants that a session has at most.</summary>
    public const int Capacity = 1024;

    private readonly Lock _gate = new();
    private readonly Dictionary<MemberKey, Member> _members = [];

    /// <summary>Everybody, this agent too once it has joined.</summary>
    public IReadOnlyList<Member> All
    {
        get
        {
            lock (_gate)
                return [.. _members.Values];
        }
    }

    /// <summary>Everybody else.</summary>
    public IReadOnlyList<Member> Others => [.. All.Where(member => MemberKey.Of(member.Name) != MemberKey.Of(own))];

    /// <exception cref="SlimException"><see cref="SlimError.ProtocolViolation"/>: there are too many.</exception>
    public void Put(Member member)
    {
        lock (_gate)
        {
            if (_members.Count >= Capacity && !_members.ContainsKey(MemberKey.Of(member.Name)))
                throw new SlimException(SlimError.ProtocolViolation, $"A session has {Capacity} participants at most.");
            _members[MemberKey.Of(member.Name)] = member;
        }
    }

    /// <summary>These take part; whoever is missing there is gone.</summary>
    /// <exception cref="SlimException"><see cref="SlimError.ProtocolViolation"/>: there are too many.</exception>
    public void Replace(IEnumerable<Member> all)
    {
        var members = all.DistinctBy(member => MemberKey.Of(member.Name)).ToDictionary(member => MemberKey.Of(member.Name));
        if (members.Count > Capacity)
            throw new SlimException(SlimError.ProtocolViolation, $"A session has {Capacity} participants at most.");
        lock (_gate)
        {
            _members.Clear();
            foreach (var (key, member) in members)
                _members[key] = member;
        }
    }

    public Member? Find(SlimName name)
    {
        lock (_gate)
            return _members.GetValueOrDefault(MemberKey.Of(name));
    }

    public void Remove(SlimName name)
    {
        lock (_gate)
            _members.Remove(MemberKey.Of(name));
    }

    /// <summary>Notes whether somebody is there; nothing for somebody unknown.</summary>
    public void SetOnline(SlimName name, bool isOnline)
    {
        lock (_gate)
        {
            if (_members.TryGetValue(MemberKey.Of(name), out var member) && member.IsOnline != isOnline)
                _members[MemberKey.Of(name)] = member with { IsOnline = isOnline };
        }
    }
}
