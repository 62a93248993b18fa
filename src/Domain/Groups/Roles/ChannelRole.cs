namespace Skytale.Groups.Roles;

/// <summary>What an agent may do in a channel; each may do what those before it may.</summary>
public enum ChannelRole : byte
{
    /// <summary>Sends and receives; what else, the channel's permissions say.</summary>
    Member = 0,

    /// <summary>What the permissions leave to admins: by default, removing members.</summary>
    Admin = 1,

    /// <summary>Also gives and takes roles, and changes the permissions. The channel's creator is one.</summary>
    Owner = 2,
}
