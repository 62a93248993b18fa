namespace Skytale.Chaos;

/// <summary>Who is killed.</summary>
internal enum Victim
{
    Relay,
    Sender,
    Receiver,

    /// <summary>A member in the middle of its commits.</summary>
    Committer,

    /// <summary>The guest, while a member adds it.</summary>
    Joiner,

    /// <summary>The guest, while it joins by an invitation.</summary>
    Invited,

    /// <summary>The guest, while it leaves.</summary>
    Leaver,
    Postgres,
}

/// <summary>Where the relay keeps its channels.</summary>
internal enum LogKind
{
    Embedded,
    Postgres,
}

/// <summary>What a run does.</summary>
internal sealed record ChaosOptions
{
    public const string Usage = "usage: chaos [--rounds N] [--seed S] [--log embedded|postgres] [--kill relay|sender|receiver|committer|joiner|invited|leaver|postgres|all] [--keep]";

    public int Rounds { get; init; } = 20;

    /// <summary>Chooses victims, moments and commits; what the machine makes of it is not the same twice.</summary>
    public int Seed { get; init; } = 1;

    public LogKind Log { get; init; } = LogKind.Embedded;

    /// <summary>One of these each round.</summary>
    public IReadOnlyList<Victim> Victims { get; init; } = [Victim.Relay];

    /// <summary>Leaves the folder with stores and log behind.</summary>
    public bool Keep { get; init; }

    /// <summary>Null where the arguments are none of these.</summary>
    public static ChaosOptions? Parse(IReadOnlyList<string> arguments)
    {
        var options = new ChaosOptions();
        string? kill = null;
        for (var i = 0; i < arguments.Count; i++)
        {
            if (arguments[i] == "--keep")
            {
                options = options with { Keep = true };
                continue;
            }
            if (i + 1 == arguments.Count)
                return null;
            var value = arguments[++i];
            switch (arguments[i - 1])
            {
                case "--rounds" when int.TryParse(value, out var rounds) && rounds is > 0 and <= 10_000:
                    options = options with { Rounds = rounds };
                    break;
                case "--seed" when int.TryParse(value, out var seed):
                    options = options with { Seed = seed };
                    break;
                case "--log" when Enum.TryParse<LogKind>(value, ignoreCase: true, out var log):
                    options = options with { Log = log };
                    break;
                case "--kill":
                    kill = value;
                    break;
                default:
                    return null;
            }
        }
        return VictimsOf(kill ?? "relay", options.Log) is { } victims ? options with { Victims = victims } : null;
    }

    private static Victim[]? VictimsOf(string kill, LogKind log)
    {
        if (kill == "all")
            return [.. Enum.GetValues<Victim>().Where(victim => victim != Victim.Postgres || log == LogKind.Postgres)];
        return Enum.TryParse<Victim>(kill, ignoreCase: true, out var victim) && (victim != Victim.Postgres || log == LogKind.Postgres) ? [victim] : null;
    }
}
