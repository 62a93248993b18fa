namespace Skytale.Sdk.Api.Admin;

/// <content>Acts. Each is an entry of the audit log, with the reason where one is given (500 printable characters at most); asked for again, it is <c>unchanged</c>.</content>
public sealed partial class SkytaleAdminClient
{
    /// <summary>Has an account served no longer: its connections end within seconds, and what it owns stays.</summary>
    public Task<Acted> SuspendAccountAsync(string token, string accountId, string? reason = null, CancellationToken cancellationToken = default) =>
        ActAsync("accounts", accountId, "suspend", token, reason, cancellationToken);

    /// <summary>Has a suspended account served again.</summary>
    public Task<Acted> RestoreAccountAsync(string token, string accountId, string? reason = null, CancellationToken cancellationToken = default) =>
        ActAsync("accounts", accountId, "restore", token, reason, cancellationToken);

    /// <summary>Ends an API key for ever, and what was connected with its tokens.</summary>
    public Task<Acted> RevokeKeyAsync(string token, string keyId, string? reason = null, CancellationToken cancellationToken = default) =>
        ActAsync("keys", keyId, "revoke", token, reason, cancellationToken);

    /// <summary>Ends an agent for ever, and its connections.</summary>
    public Task<Acted> RevokeAgentAsync(string token, string agentId, string? reason = null, CancellationToken cancellationToken = default) =>
        ActAsync("agents", agentId, "revoke", token, reason, cancellationToken);

    /// <summary>Ends what an agent has connected; it may come again.</summary>
    public Task<Acted> DisconnectAgentAsync(string token, string agentId, string? reason = null, CancellationToken cancellationToken = default) =>
        ActAsync("agents", agentId, "disconnect", token, reason, cancellationToken);

    /// <summary>Closes a channel for ever.</summary>
    public Task<Acted> CloseChannelAsync(string token, string channelId, string? reason = null, CancellationToken cancellationToken = default) =>
        ActAsync("channels", channelId, "close", token, reason, cancellationToken);

    /// <summary>Has a node take no new work, send its agents elsewhere, and end.</summary>
    public Task<Acted> DrainNodeAsync(string token, string nodeId, string? reason = null, CancellationToken cancellationToken = default) =>
        ActAsync("nodes", nodeId, "drain", token, reason, cancellationToken);

    private Task<Acted> ActAsync(string kind, string target, string act, string token, string? reason, CancellationToken cancellationToken) => _api.PostAsync(
        $"/admin/{kind}/{Uri.EscapeDataString(target)}/{act}", new ActBody(reason), ApiJson.Default.ActBody, ApiJson.Default.Acted, token, cancellationToken);
}
