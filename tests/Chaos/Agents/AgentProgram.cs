using Skytale.Groups.Roles;
using Skytale.Protocol;
using Skytale.Sdk;

namespace Skytale.Chaos.Agents;

/// <summary>An agent in a process of its own: sends and shows in its channels, does as its driver says, and may be killed at any moment.</summary>
internal sealed class AgentProgram
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(180);

    private readonly Report _report = new(Console.Out);
    private readonly string _folder;
    private readonly AgentFile _file;
    private readonly Load _load;
    private readonly LogFile _log;
    private SkytaleAgent _agent = null!;

    private AgentProgram(string folder, ulong firstNumber, int seed)
    {
        _folder = folder;
        _file = AgentFile.Read(folder);
        _load = new Load(firstNumber, seed);
        _log = new LogFile(Path.Combine(folder, "agent.log"));
    }

    /// <summary>Runs until the standard input ends.</summary>
    public static async Task<int> RunAsync(string folder, ulong firstNumber, int seed)
    {
        var program = new AgentProgram(folder, firstNumber, seed);
        program._agent = await program.ConnectAsync();
        await using (program._agent)
        {
            foreach (var name in program._file.Channels)
            {
                if (program._agent.FindChannel(name) is { } channel)
                    program._report.Say("joined", name, channel.Session.JoinedAt);
                _ = program.BeInAsync(name);
            }
            program._report.Say("ready");
            while (await Console.In.ReadLineAsync() is { } line)
                _ = program.DoAsync(line.Split(' '));
        }
        return 0;
    }

    private async Task<SkytaleAgent> ConnectAsync()
    {
        using var patience = new CancellationTokenSource(s_patience);
        while (true)
        {
            try
            {
                return await SkytaleAgent.ConnectAsync(
                    new SkytaleAgentOptions
                    {
                        StorePath = AgentFile.StoreIn(_folder),
                        StoreKey = Convert.FromHexString(_file.StoreKey),
                        GetRelayAccess = _ => Task.FromResult(AgentFile.Read(_folder).ToAccess()),
                        TransportChoice = TransportChoice.Quic,
                        Logging = _log,
                    },
                    patience.Token);
            }
            catch (SkytaleException e) when (e.Error is SkytaleError.ServerUnreachable or SkytaleError.ConnectionLost)
            {
                await Task.Delay(50, patience.Token); // The relay is being started.
            }
        }
    }

    /// <summary>Stays in a channel for as long as others let it, and comes back when they add it again.</summary>
    private async Task BeInAsync(string name)
    {
        try
        {
            while (true)
            {
                var channel = _agent.FindChannel(name) ?? await _agent.JoinAsync(name);
                _report.Say("joined", name, channel.Session.JoinedAt);
                await new AgentChannel(channel, _load, _report).RunAsync();
            }
        }
        catch (Exception e)
        {
            _report.Say("broken", name, e);
        }
    }

    private async Task DoAsync(string[] words)
    {
        try
        {
            switch (words)
            {
                case ["go"]:
                    _load.Go();
                    return;
                case ["pause", var id]:
                    await _load.PauseAsync();
                    _report.Say("done", id);
                    return;
                case ["keep" or "dispose", var id]:
                    _load.Hold(words[0] == "keep");
                    _report.Say("done", id);
                    return;
                case ["state", var id]:
                    foreach (var channel in _agent.Channels)
                        await SayStateAsync(id, channel);
                    _report.Say("done", id);
                    return;
                case ["create", var id, var name]:
                    var made = await _agent.CreateChannelAsync(name);
                    await made.SetPermissionsAsync(new ChannelPermissions(ChannelRole.Member, ChannelRole.Member)); // Whoever is asked to removes the guest.
                    _report.Say("done", id);
                    return;
                case ["add", var id, var name, var agent]:
                    await AddAsync(InChannel(name), Parse(agent));
                    _report.Say("done", id);
                    return;
                case ["remove", var id, var name, var agent]:
                    await InChannel(name).RemoveMemberAsync(Parse(agent));
                    _report.Say("done", id);
                    return;
                case ["update", var id, var name]:
                    await InChannel(name).UpdateKeysAsync();
                    _report.Say("done", id);
                    return;
                case ["invite", var id, var name]:
                    _report.Say("invitation", id, (await InChannel(name).InviteAsync()).Reveal());
                    _report.Say("done", id);
                    return;
                case ["come", var id, var invitation]:
                    await ComeAsync(Invitation.Parse(invitation));
                    _report.Say("done", id);
                    return;
                case ["leave", var id, var name]:
                    if (_agent.FindChannel(name) is { } left)
                        await left.LeaveAsync();
                    _report.Say("done", id);
                    return;
                default:
                    throw new ArgumentException($"No such command: {words[0]}.");
            }
        }
        catch (Exception e)
        {
            _report.Say("failed", words.ElementAtOrDefault(1) ?? "-", words[0], e is SkytaleException known ? $"{known.Error} {known.Refusal} {known.Message}" : e);
        }
    }

    /// <summary>A relay that was started a moment ago has no KeyPackage of anybody: those who come back bring theirs.</summary>
    private static async Task AddAsync(SkytaleChannel channel, AgentId agent)
    {
        using var patience = new CancellationTokenSource(s_patience);
        while (true)
        {
            try
            {
                await channel.AddMemberAsync(agent, patience.Token);
                return;
            }
            catch (SkytaleException e) when (e.Refusal == ErrorCode.NoKeyPackage)
            {
                await Task.Delay(20, patience.Token);
            }
        }
    }

    /// <summary>By the invitation, or it did already.</summary>
    private async Task ComeAsync(Invitation invitation)
    {
        using var patience = new CancellationTokenSource(s_patience);
        try
        {
            await _agent.JoinAsync(invitation, cancellationToken: patience.Token);
        }
        catch (SkytaleException e) when (e.Error == SkytaleError.AlreadyExists)
        {
            // The process before this one had asked.
        }
    }

    private Task<bool> SayStateAsync(string id, SkytaleChannel channel)
    {
        var session = channel.Session;
        return session.LockedAsync(
            () =>
            {
                if (session.IsRemoved || session.IsLeaving || session.Failure is not null)
                    return false; // Whoever reads in it says so; who wants to leave is waited for.
                using var authenticator = session.Head.Group.EpochAuthenticator;
                _report.Say("state", id, channel.Name, channel.Epoch, Convert.ToHexStringLower(authenticator.Span), session.Received, string.Join(',', channel.Members));
                return true;
            },
            CancellationToken.None);
    }

    private SkytaleChannel InChannel(string name) => _agent.FindChannel(name) ?? throw new InvalidOperationException($"not in {name}");

    private static AgentId Parse(string did) => AgentId.TryParse(did, out var id) ? id : throw new ArgumentException($"No agent: {did}.");
}
