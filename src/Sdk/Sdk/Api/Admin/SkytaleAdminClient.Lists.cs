using System.Globalization;

namespace Skytale.Sdk.Api.Admin;

/// <content>Lists, a page at a time; a filter that is null lets everything through.</content>
public sealed partial class SkytaleAdminClient
{
    /// <summary>Accounts.</summary>
    /// <param name="search">A whole e-mail address, or the beginning of an id or of an organisation's name.</param>
    /// <param name="state"><c>active</c>, <c>suspended</c> or <c>closed</c>.</param>
    public Task<AdminPage<SeenAccount>> ListAccountsAsync(
        string token, AdminPageAsked page, string? search = null, string? state = null, CancellationToken cancellationToken = default) =>
        ListAsync("/admin/accounts", page, ApiJson.Default.AdminPageSeenAccount, token, cancellationToken, ("search", search), ("state", state));

    /// <summary>API keys.</summary>
    public Task<AdminPage<SeenKey>> ListKeysAsync(string token, AdminPageAsked page, string? account = null, CancellationToken cancellationToken = default) =>
        ListAsync("/admin/keys", page, ApiJson.Default.AdminPageSeenKey, token, cancellationToken, ("account", account));

    /// <summary>Agents.</summary>
    /// <param name="search">The beginning of a name or of a did:key.</param>
    public Task<AdminPage<RegisteredAgent>> ListAgentsAsync(
        string token, AdminPageAsked page, string? search = null, string? account = null, CancellationToken cancellationToken = default) =>
        ListAsync("/admin/agents", page, ApiJson.Default.AdminPageRegisteredAgent, token, cancellationToken, ("search", search), ("account", account));

    /// <summary>The servers that serve the relay now.</summary>
    public Task<AdminPage<SeenNode>> ListNodesAsync(string token, AdminPageAsked page, CancellationToken cancellationToken = default) =>
        ListAsync("/admin/nodes", page, ApiJson.Default.AdminPageSeenNode, token, cancellationToken);

    /// <summary>What is connected now.</summary>
    /// <param name="agent">A did:key.</param>
    public Task<AdminPage<SeenConnection>> ListConnectionsAsync(
        string token, AdminPageAsked page, string? account = null, string? agent = null, string? node = null, CancellationToken cancellationToken = default) =>
        ListAsync("/admin/connections", page, ApiJson.Default.AdminPageSeenConnection, token, cancellationToken, ("account", account), ("agent", agent), ("node", node));

    /// <summary>Channels.</summary>
    public Task<AdminPage<SeenChannel>> ListChannelsAsync(string token, AdminPageAsked page, CancellationToken cancellationToken = default) =>
        ListAsync("/admin/channels", page, ApiJson.Default.AdminPageSeenChannel, token, cancellationToken);

    /// <summary>What waits for the members of each channel.</summary>
    public Task<AdminPage<SeenQueue>> ListQueuesAsync(string token, AdminPageAsked page, CancellationToken cancellationToken = default) =>
        ListAsync("/admin/queues", page, ApiJson.Default.AdminPageSeenQueue, token, cancellationToken);

    /// <summary>Agents' key packages.</summary>
    /// <param name="below">Those with fewer left than that.</param>
    public Task<AdminPage<SeenKeyPackages>> ListKeyPackagesAsync(string token, AdminPageAsked page, int? below = null, CancellationToken cancellationToken = default) =>
        ListAsync("/admin/key-packages", page, ApiJson.Default.AdminPageSeenKeyPackages, token, cancellationToken, ("below", below?.ToString(CultureInfo.InvariantCulture)));

    /// <summary>The audit log, oldest first.</summary>
    public Task<AdminPage<SeenAct>> ListAuditAsync(string token, AdminPageAsked page, CancellationToken cancellationToken = default) =>
        ListAsync("/admin/audit", page, ApiJson.Default.AdminPageSeenAct, token, cancellationToken);
}
