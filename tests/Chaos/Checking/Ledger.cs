using System.Globalization;

namespace Skytale.Chaos.Checking;

/// <summary>Takes what agents tell, line by line, to the channel that it is about. Safe for use by several threads.</summary>
internal sealed class Ledger(Action<string> complain)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, ChannelLedger> _channels = [];
    private readonly Dictionary<string, HashSet<string>> _joined = [];
    private readonly Dictionary<string, string> _names = [];

    public Counts Counts { get; } = new();

    /// <summary>Which agent a did:key is.</summary>
    public void Name(string did, string agent) => _names[did] = agent;

    /// <summary>An agent's process starts: what it does not tell again is over.</summary>
    public void Started(string agent)
    {
        lock (_gate)
            _joined[agent] = [];
    }

    /// <summary>Takes a line.</summary>
    public void Take(string agent, string line)
    {
        var words = line.Split(' ');
        lock (_gate)
        {
            switch (words)
            {
                case ["sending", var channel, var number, var hash]:
                    Of(channel).Sending(agent, Number(number), hash);
                    break;
                case ["accepted", var channel, var number, var sequence]:
                    Of(channel).Accepted(agent, Number(number), Number(sequence));
                    break;
                case ["shown", var channel, var sequence, var sender, var number, var hash, var how, var key]:
                    Of(channel).Encrypted(_names[sender], Number(sequence), key);
                    Of(channel).Shown(agent, Number(sequence), _names[sender], Number(number), hash, how == "again");
                    break;
                case ["acknowledged", var channel, var sequence]:
                    Of(channel).Acknowledged(agent, Number(sequence));
                    break;
                case ["joined", var channel, var sequence]:
                    _joined[agent].Add(channel);
                    Of(channel).Joined(agent, Number(sequence));
                    break;
                case ["removed", var channel, var sequence]:
                    Of(channel).Removed(agent, Number(sequence));
                    break;
                case ["superseded", var channel]:
                    Of(channel).Left(agent);
                    break;
                case ["ready"]:
                    foreach (var (name, channel) in _channels.Where(channel => !_joined[agent].Contains(channel.Key)))
                        channel.Left(agent);
                    break;
                case ["unsent" or "broken" or "failed", ..]:
                    Fail($"{agent}: {line}");
                    break;
            }
        }
    }

    /// <summary>Something failed that should not.</summary>
    public void Fail(string what)
    {
        lock (_gate)
        {
            Counts.Failed++;
            complain(what);
        }
    }

    /// <summary>True when every message that anybody knows of was shown to every member.</summary>
    public bool IsComplete
    {
        get
        {
            lock (_gate)
                return _channels.Values.All(channel => channel.IsComplete);
        }
    }

    /// <summary>At the end of a round: counts what is missing.</summary>
    public void Settle()
    {
        lock (_gate)
        {
            foreach (var channel in _channels.Values)
                channel.Settle();
            Counts.Rounds++;
        }
    }

    private ChannelLedger Of(string channel) =>
        _channels.TryGetValue(channel, out var ledger) ? ledger : _channels[channel] = new ChannelLedger(channel, Counts, complain);

    private static ulong Number(string text) => ulong.Parse(text, CultureInfo.InvariantCulture);
}
