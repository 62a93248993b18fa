namespace Skytale.Sdk;

/// <summary>
/// When an agent gives itself new keys in a channel without being asked to (RFC 9420 §16.6: what was stolen of it before opens
/// nothing that is sent from then on). Each commit of its own does that too, and is counted from. It commits while it is connected, in
/// one channel at a time, at a random moment in the last tenth of the age or count, so that members do not all commit at once.
/// </summary>
public sealed record KeyRotation
{
    /// <summary>The shortest <see cref="MaxAge"/>.</summary>
    public static readonly TimeSpan ShortestAge = TimeSpan.FromMinutes(1);

    /// <summary>The smallest <see cref="MaxMessages"/>: a restart counts up to 64 messages that were never sent.</summary>
    public const int FewestMessages = 256;

    /// <summary>New keys only where the application asks for them (<see cref="SkytaleChannel.UpdateKeysAsync"/>).</summary>
    public static KeyRotation Never { get; } = new() { MaxAge = null };

    /// <summary>The age of the keys; kept in the store, so that the time counts in which the agent does not run. Null: any. Seven days unless told.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is less than <see cref="ShortestAge"/>.</exception>
    public TimeSpan? MaxAge
    {
        get;
        init => field = value is null || value >= ShortestAge ? value : throw new ArgumentOutOfRangeException(nameof(value), value, $"The shortest age is {ShortestAge}.");
    } = TimeSpan.FromDays(7);

    /// <summary>Messages that this agent has sent in the channel since it has them, notices and parts of long messages included; null, as unless told: any number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is less than <see cref="FewestMessages"/>.</exception>
    public int? MaxMessages
    {
        get;
        init => field = value is null or >= FewestMessages ? value : throw new ArgumentOutOfRangeException(nameof(value), value, $"The smallest number is {FewestMessages}.");
    }
}
