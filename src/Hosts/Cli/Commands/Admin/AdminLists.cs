using System.CommandLine;
using System.Globalization;
using Skytale.Cli.Terminal;
using Skytale.Sdk.Api;
using Skytale.Sdk.Api.Admin;

namespace Skytale.Cli.Commands.Admin;

/// <summary>The lists that administrators see.</summary>
internal static class AdminLists
{
    private static readonly Option<string?> Account = new("--account") { Description = "Of that account only", HelpName = "ID" };
    private static readonly Option<string?> Agent = new("--agent") { Description = "Of that agent only", HelpName = "DID" };
    private static readonly Option<string?> Node = new("--node") { Description = "Of that node only", HelpName = "ID" };
    private static readonly Option<int?> Below = WholeNumber.Option("--below", [], 1, "N", "Those with fewer left than that");
    private static readonly Option<string?> FindAccount = new("--search") { Description = "A whole e-mail address, or the beginning of an id or of an organisation's name", HelpName = "TEXT" };
    private static readonly Option<string?> FindAgent = new("--search") { Description = "The beginning of a name or of a did:key", HelpName = "TEXT" };
    private static readonly Option<string?> State = new Option<string?>("--state") { Description = "In that state only", HelpName = "active|suspended|closed" }.AcceptOnlyFromAmong("active", "suspended", "closed");

    public static IEnumerable<Command> All() => [Accounts(), Keys(), Agents(), Nodes(), Connections(), Channels(), Queues(), KeyPackages()];

    public static Command Audit() => new AdminList<SeenAct>(
        "list", "Show the audit log, oldest first.", ["skytale admin audit list", "skytale admin audit list --after 1200"], [],
        (admin, _, page, cancel) => admin.Api.ListAuditAsync(admin.Token, page, cancel),
        ("entry", act => Text(act.Seq)),
        ("at", act => Output.At(act.At)),
        ("by", act => act.Actor),
        ("act", act => act.Act),
        ("target", act => act.Target),
        ("outcome", act => act.Outcome),
        ("reason", act => act.Reason));

    private static AdminList<SeenAccount> Accounts() => new(
        "accounts", "List accounts.", ["skytale admin accounts --search acme", "skytale admin accounts --state suspended --all --json"], [FindAccount, State],
        (admin, parsed, page, cancel) => admin.Api.ListAccountsAsync(admin.Token, page, parsed.GetValue(FindAccount), parsed.GetValue(State), cancel),
        ("account", account => account.AccountId),
        ("e-mail", account => account.Email),
        ("state", account => account.State),
        ("created", account => Output.At(account.CreatedAt)),
        ("keys", account => Text(account.Keys)),
        ("agents", account => Text(account.Agents)));

    private static AdminList<SeenKey> Keys() => new(
        "keys", "List API keys, without their secrets.", ["skytale admin keys --account acc_…"], [Account],
        (admin, parsed, page, cancel) => admin.Api.ListKeysAsync(admin.Token, page, parsed.GetValue(Account), cancel),
        ("key", key => key.KeyId),
        ("account", key => key.AccountId),
        ("created", key => Output.At(key.CreatedAt)),
        ("used", key => Output.At(key.LastUsedAt)),
        ("revoked", key => Output.At(key.RevokedAt)),
        ("scopes", key => string.Join(' ', key.Scopes)));

    private static AdminList<RegisteredAgent> Agents() => new(
        "agents", "List agents.", ["skytale admin agents --search did:key:z6Mk", "skytale admin agents --account acc_… --all"], [FindAgent, Account],
        (admin, parsed, page, cancel) => admin.Api.ListAgentsAsync(admin.Token, page, parsed.GetValue(FindAgent), parsed.GetValue(Account), cancel),
        ("agent", agent => agent.AgentId),
        ("name", agent => agent.Name),
        ("account", agent => agent.AccountId),
        ("created", agent => Output.At(agent.CreatedAt)),
        ("revoked", agent => Output.At(agent.RevokedAt)));

    private static AdminList<SeenNode> Nodes() => new(
        "nodes", "List the servers that serve the relay now.", ["skytale admin nodes"], [],
        (admin, _, page, cancel) => admin.Api.ListNodesAsync(admin.Token, page, cancel),
        ("node", node => node.NodeId),
        ("host", node => node.Host),
        ("version", node => node.Version),
        ("roles", node => string.Join(' ', node.Roles)),
        ("state", node => node.State),
        ("since", node => Output.At(node.StartedAt)),
        ("connections", node => Text(node.Connections)),
        ("channels", node => Text(node.Channels)),
        ("messages/s", node => Text(node.MessagesPerSecond)));

    private static AdminList<SeenConnection> Connections() => new(
        "connections", "List what is connected now: agents, SLIM proxies, and links of SLIM applications.", ["skytale admin connections --node node_…", "skytale admin connections --agent did:key:z6Mk…"],
        [Account, Agent, Node],
        (admin, parsed, page, cancel) => admin.Api.ListConnectionsAsync(admin.Token, page, parsed.GetValue(Account), parsed.GetValue(Agent), parsed.GetValue(Node), cancel),
        ("connection", connection => connection.ConnectionId),
        ("kind", connection => connection.Kind),
        ("transport", connection => connection.Transport),
        ("agent", connection => connection.AgentId),
        ("account", connection => connection.AccountId),
        ("node", connection => connection.NodeId),
        ("since", connection => Output.At(connection.Since)));

    private static AdminList<SeenChannel> Channels() => new(
        "channels", "List channels.", ["skytale admin channels --all --json"], [],
        (admin, _, page, cancel) => admin.Api.ListChannelsAsync(admin.Token, page, cancel),
        ("channel", channel => channel.ChannelId),
        ("name", channel => channel.Name),
        ("account", channel => channel.AccountId),
        ("members", channel => Text(channel.Members)),
        ("epoch", channel => Text(channel.Epoch)),
        ("head", channel => Text(channel.Head)),
        ("bytes", channel => Text(channel.Bytes)),
        ("closed", channel => Output.At(channel.ClosedAt)));

    private static AdminList<SeenQueue> Queues() => new(
        "queues", "List what waits for the members of each channel.", ["skytale admin queues"], [],
        (admin, _, page, cancel) => admin.Api.ListQueuesAsync(admin.Token, page, cancel),
        ("channel", queue => queue.ChannelId),
        ("head", queue => Text(queue.Head)),
        ("lag", queue => Text(queue.Lag)),
        ("members", queue => Text(queue.MembersCount)),
        ("furthest behind", queue => queue.Members is [var worst, ..] ? worst.AgentId : null));

    private static AdminList<SeenKeyPackages> KeyPackages() => new(
        "key-packages", "List how many key packages are left of each agent: without any it is added with its last-resort one, or not at all.", ["skytale admin key-packages --below 10"], [Below],
        (admin, parsed, page, cancel) => admin.Api.ListKeyPackagesAsync(admin.Token, page, parsed.GetValue(Below), cancel),
        ("agent", pool => pool.AgentId),
        ("left", pool => Text(pool.Left)),
        ("last resort", pool => pool.HasLastResort ? "yes" : "no"),
        ("node", pool => pool.NodeId));

    private static string Text<T>(T number) where T : IFormattable => number.ToString(number is double ? "0.#" : null, CultureInfo.InvariantCulture);
}
