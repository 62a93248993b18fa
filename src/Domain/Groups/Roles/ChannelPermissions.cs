namespace Skytale.Groups.Roles;

/// <summary>Which role it takes, at least, to change who is in a channel.</summary>
/// <param name="Add">To add agents and to invite them.</param>
/// <param name="Remove">To remove agents of one's own role or a lower one.</param>
public sealed record ChannelPermissions(ChannelRole Add, ChannelRole Remove)
{
    /// <summary>Of a new channel: every member adds, admins remove.</summary>
    public static ChannelPermissions Default { get; } = new(ChannelRole.Member, ChannelRole.Admin);
}
