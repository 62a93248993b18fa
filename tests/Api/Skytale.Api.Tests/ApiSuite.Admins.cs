using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Skytale.Accounts;
using Skytale.Application.Admin;
using Skytale.Application.Ports;
using Skytale.Audit;
using Skytale.Persistence;
using Skytale.Protocol;
using Skytale.Security.Argon2;

namespace Skytale.Tests;

// Administrators: who they are, what they do, and the record of it.
public abstract partial class ApiSuite
{
    [Fact(Timeout = Timeout)]
    public async Task An_administrators_key_opens_tokens_of_a_quarter_of_an_hour_and_a_revoked_one_nothing_from_then_on()
    {
        var key = await Server.CreateAdminAsync("Ada L.");
        AdminSecret.TryParse(key, out var secret).ShouldBeTrue();
        var token = await Server.AdminTokenAsync(key);
        (await AdminAsync("GET", "/admin/accounts", token)).Status.ShouldBe(200);
        Server.Time.Advance(TimeSpan.FromMinutes(16));
        (await AdminAsync("GET", "/admin/accounts", token)).Code.ShouldBe("expired_token");

        token = await Server.AdminTokenAsync(key);
        (await Server.AdminCommandAsync("list")).Output.ShouldContain($"{secret.AdminId}  ");
        (await Server.AdminCommandAsync("revoke", secret.AdminId.ToString())).Code.ShouldBe(0);
        (await AdminAsync("GET", "/admin/accounts", token)).Code.ShouldBe("invalid_token");
        (await AdminAsync("POST", "/admin/tokens", key)).Code.ShouldBe("invalid_credentials");
        (await Server.AdminCommandAsync("revoke", secret.AdminId.ToString())).Code.ShouldBe(1);
        (await Server.AdminCommandAsync("list")).Output.ShouldContain("revoked");
        (await DumpAsync(_postgres, Server.Host.Options.Data)).ShouldNotContain(key[(key.LastIndexOf('_') + 1)..]);
    }

    [Fact(Timeout = Timeout)]
    public async Task An_unknown_a_wrong_and_a_revoked_administrators_key_compute_one_hash_each_and_answer_the_same()
    {
        var (key, other) = (await Server.CreateAdminAsync(), await Server.CreateAdminAsync("Bob"));
        AdminSecret.TryParse(other, out var secret).ShouldBeTrue();
        (await Server.AdminCommandAsync("revoke", secret.AdminId.ToString())).Code.ShouldBe(0);
        var wrong = key[..(key.LastIndexOf('_') + 1)] + other[(other.LastIndexOf('_') + 1)..];
        var unknown = AdminSecret.Prefix + new string('0', 26) + key[key.LastIndexOf('_')..];
        var hasher = Server.Host.Services.GetRequiredService<Argon2Hasher>();
        var answers = new HashSet<string>();
        foreach (var bad in new[] { wrong, unknown, other })
        {
            var before = hasher.Computed;
            answers.Add((await AdminAsync("POST", "/admin/tokens", bad)).WithoutRequestId());
            (hasher.Computed - before).ShouldBe(1);
        }
        answers.ShouldHaveSingleItem().ShouldContain("invalid_credentials");
        (await AdminAsync("POST", "/admin/tokens", key)).Status.ShouldBe(200);
    }

    [Theory(Timeout = Timeout)]
    [InlineData]
    [InlineData("create")]
    [InlineData("create", "--name")]
    [InlineData("create", "--name=")]
    [InlineData("list", "--name", "x")]
    [InlineData("revoke")]
    [InlineData("revoke", "nonsense")]
    public async Task A_wrong_command_for_administrators_says_how_it_is_used(params string[] words)
    {
        using var errors = new StringWriter();
        (await Skytale.Server.Admin.AdminCommands.RunAsync(["admin", .. words], TextWriter.Null, errors, Server.Time, Cancel)).ShouldBe(2);
        errors.ToString().ShouldStartWith("usage: skytale-server admin");
    }

    [Fact(Timeout = Timeout)]
    public async Task Each_act_has_its_effect_and_its_entry()
    {
        var token = await Server.AdminTokenAsync();
        var customer = await Server.SignUpAsync("ada");
        (await ActAsync($"accounts/{customer.Id}/suspend", token, "spam")).ShouldBe("done");
        (await ActAsync($"accounts/{customer.Id}/suspend", token)).ShouldBe("unchanged");
        (await Server.PostAsync("/tokens", new { agent = "ada" }, customer.ApiKey)).Code.ShouldBe("account_suspended");
        (await ActAsync($"accounts/{customer.Id}/restore", token)).ShouldBe("done");
        (await Server.PostAsync("/tokens", new { agent = "ada" }, customer.ApiKey)).Status.ShouldBe(200);
        (await ActAsync($"agents/{customer.AgentId}/revoke", token)).ShouldBe("done");
        (await Server.PostAsync("/tokens", new { agent = "ada" }, customer.ApiKey)).Code.ShouldBe("unknown_agent");
        (await ActAsync($"keys/{customer.KeyId}/revoke", token)).ShouldBe("done");
        (await Server.PostAsync("/tokens", new { agent = "ada" }, customer.ApiKey)).Code.ShouldBe("invalid_credentials");
        (await RevocationsAsync()).Select(entry => entry.Kind).ShouldBe([RevokedKind.Account, RevokedKind.AccountRestored, RevokedKind.Agent, RevokedKind.Key]);
        (await CloseAsync(customer, customer.Token, Customer.Password)).Status.ShouldBe(204);
        (await ActAsync($"accounts/{customer.Id}/restore", token)).ShouldBe("conflict");

        var audit = await AuditAsync();
        audit.Where(entry => entry.Act is not ("sign_in" or "create_admin" or "publish_token_key")).Select(entry => $"{entry.Act} {entry.Target} {entry.Outcome}").ShouldBe(
        [
            $"suspend_account {customer.Id} done", $"suspend_account {customer.Id} unchanged", $"restore_account {customer.Id} done",
            $"revoke_agent {customer.AgentId} done", $"revoke_key {customer.KeyId} done", $"restore_account {customer.Id} conflict",
        ]);
        var spam = audit.Single(entry => entry.Reason is not null);
        (spam.Act, spam.Reason, spam.RequestId).ShouldBe(("suspend_account", "spam", spam.RequestId.ShouldNotBeNull()));
        AdminId.TryParse(spam.Actor, out _).ShouldBeTrue();
    }

    [Fact(Timeout = Timeout)]
    public async Task An_act_on_what_is_not_there_is_not_found_and_not_recorded()
    {
        var token = await Server.AdminTokenAsync();
        var before = (await AuditAsync()).Count;
        foreach (var path in new[]
        {
            "accounts/nonsense/suspend", $"accounts/{AccountId.FromRandom(new byte[16])}/suspend", $"accounts/{AccountId.FromRandom(new byte[16])}/restore", "keys/nonsense/revoke",
            $"keys/{KeyId.FromRandom(new byte[16])}/revoke",
        })
            (await ActAsync(path, token)).ShouldBe("not_found", path);
        foreach (var path in new[] { "agents/nonsense/revoke", $"agents/{new AgentIdentity().Id}/revoke" })
            (await ActAsync(path, token)).ShouldBe("unknown_agent", path);
        (await ActAsync("accounts/nonsense/suspend", token, new string('x', 501))).ShouldBe("invalid_request");
        (await ActAsync("accounts/nonsense/suspend", token, "a\u0007b")).ShouldBe("invalid_request");
        (await AuditAsync()).Count.ShouldBe(before);
    }

    [Fact(Timeout = Timeout)]
    public async Task Acts_at_the_same_time_stand_one_behind_the_other_and_the_exported_log_is_whole()
    {
        var (token, customer) = (await Server.AdminTokenAsync(), await Server.SignUpAsync());
        var acts = Enumerable.Range(0, 8).Select(i => ActAsync($"accounts/{customer.Id}/{(i % 2 == 0 ? "suspend" : "restore")}", token));
        (await Task.WhenAll(acts)).ShouldAllBe(outcome => outcome == "done" || outcome == "unchanged");

        using var request = new HttpRequestMessage(HttpMethod.Get, "/admin/audit/export");
        request.Headers.Authorization = new("Bearer", token);
        using var client = ApiServer.ClientFor(Server.Host);
        using var answer = await client.SendAsync(request, Cancel);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/jsonl");
        var lines = (await answer.Content.ReadAsStringAsync(Cancel)).Split('\n');
        lines[^1].ShouldBeEmpty();
        var check = new AuditCheck();
        lines[..^1].Select(check.Add).ShouldAllBe(fault => fault == null);
        check.Count.ShouldBe((await AuditAsync()).Count);
        // What was done to make this administrator and to sign in is there as well.
        lines.ShouldContain(line => line.Contains("\"act\":\"create_admin\"", StringComparison.Ordinal) && line.Contains("\"actor\":\"machine\"", StringComparison.Ordinal));
        lines.ShouldContain(line => line.Contains("\"act\":\"sign_in\"", StringComparison.Ordinal));
        lines.ShouldContain(line => line.Contains("\"act\":\"publish_token_key\"", StringComparison.Ordinal));

        var page = await AdminAsync("GET", "/admin/audit?after=1&limit=2", token);
        page.Body["items"]!.AsArray().Select(entry => entry!["seq"]!.GetValue<long>()).ShouldBe([2, 3]);
        page["next"].ShouldBe("3");
        (await AdminAsync("GET", "/admin/audit?after=x", token)).Status.ShouldBe(422);
    }

    [Fact(Timeout = Timeout)]
    public async Task What_cannot_be_recorded_is_not_done()
    {
        var (token, customer) = (await Server.AdminTokenAsync(), await Server.SignUpAsync("ada"));
        await ExecuteAsync("ALTER TABLE audit RENAME TO audit_away");
        (await ActAsync($"accounts/{customer.Id}/suspend", token)).ShouldBe("unavailable");
        (await ActAsync($"keys/{customer.KeyId}/revoke", token)).ShouldBe("unavailable");
        await ExecuteAsync("ALTER TABLE audit_away RENAME TO audit");
        (await Server.PostAsync("/tokens", new { agent = "ada" }, customer.ApiKey)).Status.ShouldBe(200);
        (await RevocationsAsync()).ShouldBeEmpty();
    }

    [Fact(Timeout = Timeout)]
    public async Task The_database_itself_refuses_to_change_the_audit_log()
    {
        await Server.CreateAdminAsync();
        var before = (await AuditAsync()).Select(AuditLine.Write).ToList();
        before.ShouldNotBeEmpty();
        const string Again = "INTO audit SELECT seq, at_ms, 'somebody', act, target, reason, outcome, request_id, hash FROM audit WHERE seq = 1";
        foreach (var change in new[] { "UPDATE audit SET actor = 'somebody' WHERE seq = 1", "DELETE FROM audit", _postgres is null ? $"INSERT OR REPLACE {Again}" : "TRUNCATE audit", $"INSERT {Again}", $"INSERT {Again.Replace("SELECT seq", "SELECT seq + 100", StringComparison.Ordinal)}" })
            (await Should.ThrowAsync<System.Data.Common.DbException>(ExecuteAsync(change))).Message.ShouldNotContain("syntax");
        (await AuditAsync()).Select(AuditLine.Write).ShouldBe(before);
    }

    [Fact(Timeout = Timeout)]
    public async Task The_keys_that_sign_tokens_leave_their_traces_in_the_audit_log()
    {
        var old = Signer.Public.Kid;
        (await Signer.RotateAsync(Cancel)).ShouldBeTrue();
        (await KeysAsync("end", Signer.Public.Kid)).Code.ShouldBe(0);
        var traces = (await AuditAsync()).Where(entry => entry.Actor == AuditRecord.Machine).Select(entry => $"{entry.Act} {entry.Target}").ToList();
        traces.Take(3).ShouldBe([$"publish_token_key {old}", $"rotate_token_key {old}", $"end_token_key {Signer.Public.Kid}"]);
    }

    [Fact(Timeout = Timeout)]
    public async Task An_administrator_who_was_revoked_while_it_waited_acts_no_more()
    {
        var customer = await Server.SignUpAsync("ada");
        var key = await Server.CreateAdminAsync();
        AdminSecret.TryParse(key, out var admin).ShouldBeTrue();
        var store = Server.Host.Services.GetRequiredService<IAdminStore>();
        (await Server.AdminCommandAsync("revoke", admin.AdminId.ToString())).Code.ShouldBe(0);
        // As one that was let in before the revocation and comes to its turn behind it.
        var by = new ActedBy(Server.Time.GetUtcNow(), admin.AdminId.ToString());
        (await store.CarryOutAsync(new SuspendAccount(AccountId.Parse(customer.Id)), by, Cancel)).Refusal!.Code.ShouldBe(ErrorCode.InvalidToken);
        (await AuditAsync()).ShouldNotContain(entry => entry.Act == "suspend_account");
        (await Server.PostAsync("/tokens", new { agent = "ada" }, customer.ApiKey)).Status.ShouldBe(200);
    }

    private Task<Answer> AdminAsync(string method, string path, string credential) => Server.SendAsync(path, null, credential, method);

    /// <summary>The outcome, or the refusal's code.</summary>
    private async Task<string> ActAsync(string path, string token, string? reason = null)
    {
        var answer = reason is null ? await AdminAsync("POST", $"/admin/{path}", token) : await Server.PostAsync($"/admin/{path}", new { reason }, token);
        return answer.Code ?? answer["outcome"];
    }

    private Task<IReadOnlyList<AuditEntry>> AuditAsync() => Server.Host.Services.GetRequiredService<IAdminStore>().ReadAuditAsync(0, 1_000, Cancel);

    private async Task ExecuteAsync(string sql)
    {
        await using var context = Server.Host.Services.GetRequiredService<Func<SkytaleContext>>()();
        await context.Database.ExecuteSqlRawAsync(sql, Cancel);
    }
}
