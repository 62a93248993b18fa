using System.Diagnostics;
using Skytale.Chaos.Checking;

namespace Skytale.Chaos.Running;

/// <summary>
/// Rounds: everybody sends, somebody commits, somebody is killed and started again, everybody stops sending; then every
/// message must have come to every member, and all members must be in the same epoch.
/// </summary>
internal sealed class ChaosRun
{
    private static readonly TimeSpan s_settling = TimeSpan.FromSeconds(180);
    private static readonly TimeSpan s_slow = TimeSpan.FromSeconds(5);

    private readonly ChaosOptions _options;
    private readonly TextWriter _output;
    private readonly Random _random;
    private readonly Ledger _ledger;
    private readonly Dictionary<string, bool> _guestIsIn = [];
    private Setting _setting = null!;

    private ChaosRun(ChaosOptions options, TextWriter output)
    {
        _options = options;
        _output = output;
        _random = new Random(options.Seed);
        _ledger = new Ledger(complaint => output.WriteLine($"  ! {complaint}"));
    }

    /// <param name="stopping">Ends the run behind the round that runs.</param>
    public static async Task<Counts> RunAsync(ChaosOptions options, TextWriter output, CancellationToken stopping = default)
    {
        var run = new ChaosRun(options, output);
        var begun = Stopwatch.GetTimestamp();
        run._setting = await Setting.CreateAsync(options, run._ledger, run._random);
        await using (run._setting)
        {
            foreach (var channel in run._setting.ChannelNames)
                run._guestIsIn[channel] = true;
            if (await run.SettleAsync() is ({ } unrest, _))
                throw new InvalidOperationException($"The channels do not come to rest before the first round: {unrest}");
            output.WriteLine($"started in {Stopwatch.GetElapsedTime(begun).TotalSeconds:f1} s");
            begun = Stopwatch.GetTimestamp();
            for (var round = 1; round <= options.Rounds && !stopping.IsCancellationRequested && await run.RoundAsync(round); round++)
            {
            }
        }
        output.WriteLine($"{run._ledger.Counts}; {Stopwatch.GetElapsedTime(begun).TotalSeconds:f1} s");
        return run._ledger.Counts;
    }

    /// <summary>False when the channels did not come to rest: another round could not say anything.</summary>
    private async Task<bool> RoundAsync(int round)
    {
        var begun = Stopwatch.GetTimestamp();
        foreach (var agent in _setting.Agents)
            await agent.GoAsync();
        var victim = _options.Victims[_random.Next(_options.Victims.Count)];
        // Those are killed in commits of their own.
        var committing = victim is Victim.Committer or Victim.Joiner or Victim.Invited or Victim.Leaver ? Task.CompletedTask : CommitAsync();
        await Task.Delay(_random.Next(100, 600));
        var killed = await KillAsync(victim);
        await Task.Delay(_random.Next(0, 150));
        var back = Stopwatch.GetElapsedTime(begun);
        await committing;
        var paused = await Task.WhenAll(_setting.Agents.Select(agent => agent.AskAsync("pause")));
        var (unrest, isFork) = paused.Contains(null) ? ("somebody does not stop sending", true) : await SettleAsync();
        _ledger.Settle();
        if (unrest is not null)
        {
            // Messages that are missing count as what they are, lost.
            _ledger.Counts.Forked += isFork ? 1 : 0;
            _output.WriteLine($"  ! round {round} does not come to rest: {unrest}");
        }
        _output.WriteLine(
            $"round {round,3}: killed {killed}, {back.TotalSeconds:f1} s, at rest {Stopwatch.GetElapsedTime(begun).TotalSeconds:f1} s, {_ledger.Counts.Accepted} accepted, {_ledger.Counts.Shown} shown");
        return unrest is null;
    }

    private async Task<string> KillAsync(Victim victim)
    {
        if (victim == Victim.Relay)
        {
            await _setting.Relay.KillAsync();
            await _setting.Relay.StartAsync();
            return "the relay";
        }
        if (victim == Victim.Postgres)
        {
            await _setting.Postgres!.KillAsync();
            await _setting.Postgres.StartAsync();
            return "postgres";
        }
        if (victim == Victim.Committer)
            return await KillCommitterAsync(_setting.Members.ElementAt(_random.Next(_setting.Members.Count())));
        if (victim == Victim.Joiner)
            return await KillJoinerAsync(_setting.Members.ElementAt(_random.Next(_setting.Members.Count())), _setting.ChannelNames[0]);
        if (victim == Victim.Invited)
            return await KillInvitedAsync(_setting.Members.ElementAt(_random.Next(_setting.Members.Count())), _setting.ChannelNames[0]);
        if (victim == Victim.Leaver)
            return await KillLeaverAsync(_setting.Members.ElementAt(_random.Next(_setting.Members.Count())), _setting.ChannelNames[0]);
        // Everybody receives; Alice and Bob stand for senders, Carol and the guest for receivers.
        var agent = _setting.Agents[(victim == Victim.Sender ? 0 : 2) + _random.Next(2)];
        await RestartAsync(agent);
        return agent.Name;
    }

    private async Task RestartAsync(AgentProcess agent)
    {
        await agent.KillAsync();
        await agent.StartAsync(_random.Next());
        await agent.GoAsync();
    }

    /// <summary>In one channel it removes or adds the guest, in the others it renews its keys: a commit is about a few milliseconds' work.</summary>
    private async Task<string> KillCommitterAsync(AgentProcess agent)
    {
        var first = _setting.ChannelNames[0];
        var commits = _setting.ChannelNames.Select(channel => channel == first
            ? agent.AskAsync(_guestIsIn[channel] ? "remove" : "add", channel, _setting.Guest.Did)
            : agent.AskAsync("update", channel)).ToList();
        await Task.Delay(_random.Next(40));
        await RestartAsync(agent);
        await Task.WhenAll(commits);
        return $"{agent.Name} while it commits";
    }

    private async Task<string> KillJoinerAsync(AgentProcess member, string channel)
    {
        if (_guestIsIn[channel])
            await member.AskAsync("remove", channel, _setting.Guest.Did);
        var adding = member.AskAsync("add", channel, _setting.Guest.Did);
        await Task.Delay(_random.Next(80));
        await RestartAsync(_setting.Guest);
        await adding;
        return $"{_setting.Guest.Name} while it joins";
    }

    /// <summary>Whatever of it was stored goes on; that it joins is awaited, since it would else come in another round.</summary>
    private async Task<string> KillInvitedAsync(AgentProcess member, string channel)
    {
        if (_guestIsIn[channel])
            await member.AskAsync("remove", channel, _setting.Guest.Did);
        if (await member.AskAsync("invite", channel) is not [[var invitation]])
            return "nobody: no invitation was made";
        var joining = _setting.Guest.AskAsync("come", invitation);
        await Task.Delay(_random.Next(120));
        await RestartAsync(_setting.Guest);
        await joining;
        await _setting.Guest.AskAsync("come", invitation);
        return $"{_setting.Guest.Name} while it joins by an invitation";
    }

    private async Task<string> KillLeaverAsync(AgentProcess member, string channel)
    {
        if (!_guestIsIn[channel])
            await member.AskAsync("add", channel, _setting.Guest.Did);
        var leaving = _setting.Guest.AskAsync("leave", channel);
        await Task.Delay(_random.Next(80));
        await RestartAsync(_setting.Guest);
        await leaving;
        await _setting.Guest.AskAsync("leave", channel);
        return $"{_setting.Guest.Name} while it leaves";
    }

    /// <summary>
    /// In each channel the guest comes or goes, or somebody changes keys, or three commit at once, or nobody. It never leaves
    /// the last channel: an agent that has nothing to send sees only after many seconds that its relay is another.
    /// </summary>
    private Task CommitAsync()
    {
        var commits = new List<Task>();
        foreach (var channel in _setting.ChannelNames)
        {
            var guestStays = channel == _setting.ChannelNames[^1];
            var members = _setting.Members.ToArray();
            _random.Shuffle(members);
            switch (_random.Next(4))
            {
                case 0:
                    commits.Add(guestStays ? AskAsync(_setting.Guest, "update", channel) : InAndOutAsync(members[0], channel));
                    break;
                case 1:
                    commits.Add(AskAsync(members[0], "update", channel));
                    break;
                case 2:
                    commits.Add(guestStays ? AskAsync(members[0], "update", channel) : InAndOutAsync(members[0], channel));
                    commits.Add(AskAsync(members[1], "update", channel));
                    commits.Add(AskAsync(members[2], "update", channel));
                    break;
            }
        }
        return Task.WhenAll(commits);
    }

    /// <summary>The guest is added; or it is removed, or leaves by itself.</summary>
    private Task InAndOutAsync(AgentProcess member, string channel)
    {
        if (!_guestIsIn[channel])
            return AskAsync(member, "add", channel, _setting.Guest.Did);
        return _random.Next(2) == 0 ? AskAsync(member, "remove", channel, _setting.Guest.Did) : AskAsync(_setting.Guest, "leave", channel);
    }

    private async Task AskAsync(AgentProcess agent, string command, params IEnumerable<string> arguments)
    {
        await Task.Delay(Random.Shared.Next(300));
        var begun = Stopwatch.GetTimestamp();
        if (await agent.AskAsync(command, arguments) is not null)
            Interlocked.Increment(ref _commits);
        _ledger.Counts.Commits = _commits;
        if (Stopwatch.GetElapsedTime(begun) > s_slow)
            _output.WriteLine($"{DateTime.UtcNow:HH:mm:ss.fff} {agent.Name}'s {command} in {arguments.First()} took {Stopwatch.GetElapsedTime(begun).TotalSeconds:f1} s");
    }

    private int _commits;

    /// <summary>Waits until nothing is on its way any more.</summary>
    /// <returns>Null, or what is not as it should be, and whether that is the members' state.</returns>
    private async Task<(string? Unrest, bool IsFork)> SettleAsync()
    {
        var begun = Stopwatch.GetTimestamp();
        while (true)
        {
            var unrest = await LookAsync();
            if (unrest is null && _ledger.IsComplete)
                return (null, false);
            if (Stopwatch.GetElapsedTime(begun) > s_settling)
                return (unrest ?? "messages are missing", unrest is not null);
            await Task.Delay(30);
        }
    }

    private async Task<string?> LookAsync()
    {
        var states = new Dictionary<string, List<(string Agent, string Epoch, string Members, string Received)>>();
        foreach (var agent in _setting.Agents)
        {
            if (await agent.AskAsync("state") is not { } lines)
                return $"{agent.Name} does not answer";
            foreach (var line in lines)
            {
                var (channel, epoch, authenticator, received, members) = (line[0], line[1], line[2], line[3], line[4]);
                if (!states.TryGetValue(channel, out var inChannel))
                    states[channel] = inChannel = [];
                inChannel.Add((agent.Did, $"{epoch} {authenticator}", string.Join(',', members.Split(',').Order(StringComparer.Ordinal)), received));
            }
        }
        foreach (var (channel, inChannel) in states)
        {
            var roster = string.Join(',', inChannel.Select(state => state.Agent).Order(StringComparer.Ordinal));
            if (inChannel.Select(state => state.Epoch).Distinct().Count() > 1)
                return $"{channel}: epochs {string.Join(", ", inChannel.Select(state => state.Epoch))}";
            if (inChannel.Any(state => state.Members != roster))
                return $"{channel}: members are {inChannel[0].Members}, in it are {roster}";
            _guestIsIn[channel] = inChannel.Any(state => state.Agent == _setting.Guest.Did);
        }
        return states.Count == _setting.ChannelNames.Count ? null : "a channel is lost";
    }
}
