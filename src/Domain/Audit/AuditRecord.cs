namespace Skytale.Audit;

/// <summary>Something that an administrator did, or the server's own machine. No content of anybody's, no secret and no hash of one.</summary>
/// <param name="At">When, to the millisecond.</param>
/// <param name="Actor">The administrator's id, or <see cref="Machine"/>.</param>
/// <param name="Act">What was done, in snake_case.</param>
/// <param name="Target">The id of what it was done to.</param>
/// <param name="Reason">Why, in the actor's own words; null where nothing was said.</param>
/// <param name="Outcome"><see cref="Done"/>, <see cref="Unchanged"/>, or the code with which it was refused.</param>
/// <param name="RequestId">The request's id, as the server's log has it; null for the machine.</param>
public sealed record AuditRecord(DateTimeOffset At, string Actor, string Act, string Target, string? Reason, string Outcome, string? RequestId)
{
    /// <summary>The actor where nobody signed in: a command beside the server, or the server by itself.</summary>
    public const string Machine = "machine";

    /// <summary>It was carried out.</summary>
    public const string Done = "done";

    /// <summary>It was so already.</summary>
    public const string Unchanged = "unchanged";
}
