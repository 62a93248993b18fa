using System.CommandLine;
using Skytale.Cli.Admin;
using Skytale.Cli.Terminal;
using Skytale.Sdk.Api.Admin;

namespace Skytale.Cli.Commands.Admin;

/// <summary>Something that an administrator does to one thing, after a question that names it; an entry of the audit log.</summary>
internal sealed class AdminAct : CliCommand
{
    private readonly Option<string?> _reason = new("--reason") { Description = "Why, for the audit log", HelpName = "TEXT" };
    private readonly Argument<string> _target;
    private readonly string _question;
    private readonly Act _act;

    /// <param name="question">Asked before it, with the target for <c>{0}</c>.</param>
    private AdminAct(string name, string description, string target, string targetIs, string question, Act act)
        : base(name, description, $"skytale admin {name} {target}…", $"skytale admin {name} {target}… --reason 'ticket 4711' --yes")
    {
        (_question, _act) = (question, act);
        _target = new Argument<string>(targetIs) { Description = $"Its id: {target}…" };
        Arguments.Add(_target);
        Options.Add(_reason);
        Options.Add(Ask.Yes);
    }

    private delegate Task<Acted> Act(SkytaleAdminClient api, string token, string target, string? reason, CancellationToken cancellationToken);

    public static IEnumerable<Command> All() =>
    [
        new AdminAct(
            "suspend", "Have an account served no longer; its connections end within seconds, and what it owns stays.", "acc_", "account", "Suspend account {0}?",
            (api, token, target, reason, cancel) => api.SuspendAccountAsync(token, target, reason, cancel)),
        new AdminAct(
            "restore", "Have a suspended account served again.", "acc_", "account", "Have account {0} served again?",
            (api, token, target, reason, cancel) => api.RestoreAccountAsync(token, target, reason, cancel)),
        new AdminAct(
            "revoke-key", "End an API key for ever, and what is connected with its tokens.", "01", "key", "Revoke API key {0} for ever?",
            (api, token, target, reason, cancel) => api.RevokeKeyAsync(token, target, reason, cancel)),
        new AdminAct(
            "revoke-agent", "End an agent for ever, and its connections.", "did:key:z6Mk", "agent", "Revoke agent {0} for ever?",
            (api, token, target, reason, cancel) => api.RevokeAgentAsync(token, target, reason, cancel)),
        new AdminAct(
            "disconnect", "End what an agent has connected; it may come again.", "did:key:z6Mk", "agent", "Disconnect agent {0}?",
            (api, token, target, reason, cancel) => api.DisconnectAgentAsync(token, target, reason, cancel)),
        new AdminAct(
            "close-channel", "Close a channel for ever.", "00", "channel", "Close channel {0} for ever?",
            (api, token, target, reason, cancel) => api.CloseChannelAsync(token, target, reason, cancel)),
        new AdminAct(
            "drain", "Have a node take no new work, send its agents elsewhere, and end.", "node_", "node", "Drain node {0}, which then ends?",
            (api, token, target, reason, cancel) => api.DrainNodeAsync(token, target, reason, cancel)),
    ];

    protected override Task RunAsync(ParseResult parsed, CancellationToken cancellationToken) => Administrator.CallAsync(parsed, async admin =>
    {
        var target = parsed.GetValue(_target)!;
        await Ask.ConfirmAsync(parsed, string.Format(null, _question, target), cancellationToken);
        var acted = await _act(admin.Api, admin.Token, target, parsed.GetValue(_reason), cancellationToken);
        Output.Show(acted, ("act", acted.Act), ("target", acted.Target), ("outcome", acted.Outcome), ("audit entry", $"{acted.AuditSeq}"));
    });
}
