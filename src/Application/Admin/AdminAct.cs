using Skytale.Accounts;
using Skytale.Protocol;

namespace Skytale.Application.Admin;

/// <summary>What an administrator or the machine can do; each is carried out and recorded as one (<see cref="Ports.IAdminStore"/>).</summary>
/// <param name="Name">As the audit log has it.</param>
/// <param name="Target">The id of what it is done to.</param>
public abstract record AdminAct(string Name, string Target);

/// <summary>Makes an administrator: the machine's alone.</summary>
public sealed record CreateAdmin(Administrator Admin) : AdminAct("create_admin", Admin.Id.ToString());

/// <summary>Ends an administrator with its tokens: the machine's alone.</summary>
public sealed record RevokeAdmin(AdminId Id) : AdminAct("revoke_admin", Id.ToString());

/// <summary>Exchanges an administrator's key for a token.</summary>
public sealed record SignIn(AdminId Id) : AdminAct("sign_in", Id.ToString());

/// <summary>Has an account served no longer, and ends its connections.</summary>
public sealed record SuspendAccount(AccountId Id) : AdminAct("suspend_account", Id.ToString());

/// <summary>Has a suspended account served again.</summary>
public sealed record RestoreAccount(AccountId Id) : AdminAct("restore_account", Id.ToString());

/// <summary>Ends an API key and what was connected with its tokens.</summary>
public sealed record RevokeAnyKey(KeyId Id) : AdminAct("revoke_key", Id.ToString());

/// <summary>Ends an agent and its connections.</summary>
public sealed record RevokeAnyAgent(AgentId Id) : AdminAct("revoke_agent", Id.ToString());

/// <summary>Ends what an agent has connected; it may come again.</summary>
public sealed record DisconnectAgent(AgentId Id) : AdminAct("disconnect_agent", Id.ToString());

/// <summary>Has a node take no new work, send its agents elsewhere and end.</summary>
public sealed record DrainNode(NodeId Id) : AdminAct("drain_node", Id.ToString());

/// <summary>Closes a channel for ever: nothing is sent or delivered in it any more, and what is kept of it goes by age.</summary>
public sealed record CloseChannel(ChannelId Id) : AdminAct("close_channel", Id.ToString());
