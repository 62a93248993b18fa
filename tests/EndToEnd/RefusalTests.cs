using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace Skytale.Tests.EndToEnd;

/// <summary>What is wrong is said in one line, with the exit code that the help documents, and nothing is lost.</summary>
[Trait("Category", "Slow")]
public sealed class RefusalTests(ServerProcess server)
{
    private const string OtherCertificate = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

    [Fact(Timeout = 120_000)]
    public async Task A_wrong_password_is_refused()
    {
        await using var user = new User();
        await user.SignUpAsync(server);
        var before = Credentials(user).ToJsonString();

        var wrong = await user.RunWithInputAsync("another password\n", "login", "--email", user.Email, "--password-stdin");
        wrong.ShouldFail(1, "password is not right", "invalid_credentials");
        Credentials(user).ToJsonString().ShouldBe(before);

        (await user.RunWithInputAsync($"{User.Password}\n", "login", "--email", user.Email, "--password-stdin")).ShouldBeDone();
    }

    [Fact(Timeout = 120_000)]
    public async Task What_is_wrong_with_a_signup_is_said_by_field()
    {
        await using var user = new User();
        var refused = await user.RunWithInputAsync("short\n", "signup", "--email", "nobody", "--password-stdin", "--server", server.Url, "--certificate", server.Certificate);
        refused.ShouldFail(1, "email:", "password:");
        File.Exists(CredentialsPath(user)).ShouldBeFalse();
    }

    [Fact(Timeout = 120_000)]
    public async Task An_unknown_key_is_refused()
    {
        await using var user = await User.WithAgentsAsync(server, "alice");
        var key = Credentials(user)["api_key"]!.GetValue<string>();
        Change(user, "api_key", key[..^8] + (key.EndsWith("00000000", StringComparison.Ordinal) ? "11111111" : "00000000"));
        (await user.RunAsync("channel", "create", $"{user.Org}/test/key")).ShouldFail(1, "API key is not valid");

        Change(user, "api_key", key);
        (await user.RunAsync("channel", "create", $"{user.Org}/test/key")).ShouldBeDone();
    }

    [Fact(Timeout = 120_000)]
    public async Task A_revoked_key_is_refused_and_another_takes_its_place()
    {
        await using var user = await User.WithAgentsAsync(server, "alice");
        var before = await File.ReadAllTextAsync(CredentialsPath(user), TestContext.Current.CancellationToken);
        var keyId = Credentials(user)["api_key"]!.GetValue<string>().Split('_')[2];
        (await user.RunAsync("keys", "revoke", "nobodys")).ShouldFail(1, "no such key");
        (await user.RunAsync("keys", "revoke", keyId)).ShouldBeDone();
        (await user.RunAsync("channel", "create", $"{user.Org}/test/revoked")).ShouldFail(1, "keys create");
        await File.WriteAllTextAsync(CredentialsPath(user), before, TestContext.Current.CancellationToken);
        (await user.RunAsync("channel", "create", $"{user.Org}/test/revoked")).ShouldFail(1, "API key is not valid");

        (await user.RunAsync("keys", "create", "--name", "laptop")).ShouldBeDone();
        (await user.RunAsync("channel", "create", $"{user.Org}/test/revoked")).ShouldBeDone();
        var listed = await user.RunAsync("keys", "list");
        listed.ShouldBeDone();
        listed.Output.ShouldContain(line => line.Contains("laptop", StringComparison.Ordinal));
        listed.Output.ShouldNotContain(line => line.Contains(keyId, StringComparison.Ordinal));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_forged_account_token_is_refused_and_a_login_helps()
    {
        await using var user = new User();
        await user.SignUpAsync(server);
        var parts = Credentials(user)["account_token"]!.GetValue<string>().Split('.');
        Change(user, "account_token", $"{parts[0]}.{parts[1]}.{new string('A', parts[2].Length)}");
        (await user.RunAsync("keys", "create")).ShouldFail(1, "account token", "login");

        (await user.RunWithInputAsync($"{User.Password}\n", "login", "--email", user.Email, "--password-stdin")).ShouldBeDone();
        (await user.RunAsync("keys", "create")).ShouldBeDone();
    }

    [Fact(Timeout = 120_000)]
    public async Task The_token_of_one_account_makes_no_key_for_another()
    {
        await using var owner = new User();
        await using var other = new User();
        await owner.SignUpAsync(server);
        await other.SignUpAsync(server);
        Change(other, "account_id", Credentials(owner)["account_id"]!.GetValue<string>());
        (await other.RunAsync("keys", "create")).ShouldFail(1, "another account");
    }

    [Fact(Timeout = 120_000)]
    public async Task The_key_of_one_account_gets_no_token_for_an_agent_of_another()
    {
        await using var owner = await User.WithAgentsAsync(server, "alice");
        await using var thief = await User.WithAgentsAsync(server, "mallory");
        Change(owner, "api_key", Credentials(thief)["api_key"]!.GetValue<string>());
        (await owner.RunAsync("channel", "create", $"{owner.Org}/test/theft")).ShouldFail(1, "no such agent");
    }

    [Fact(Timeout = 120_000)]
    public async Task A_server_that_is_not_there_is_told_from_one_that_refuses()
    {
        // Bound and not listening: nobody else gets the port, and nobody answers.
        using var silent = new Socket(SocketType.Stream, ProtocolType.Tcp);
        silent.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        await using var user = new User();
        var refused = await user.RunWithInputAsync($"{User.Password}\n", "signup", "--email", user.Email, "--password-stdin", "--server", $"https://127.0.0.1:{((IPEndPoint)silent.LocalEndPoint!).Port}", "--certificate", server.Certificate);
        refused.ShouldFail(3, "No server answers", "skytale-server");
        (await user.RunWithInputAsync($"{User.Password}\n", "signup", "--email", user.Email, "--password-stdin")).ShouldFail(3, "No server runs on this machine");
    }

    [Fact(Timeout = 120_000)]
    public async Task A_server_that_has_gone_is_said_to_agents_and_does_not_harm_them()
    {
        var gone = new ServerProcess();
        await using var user = new User();
        await using (gone)
        {
            await gone.InitializeAsync();
            await user.SignUpAsync(gone);
            (await user.RunAsync("keys", "create")).ShouldBeDone();
            (await user.RunAsync("agent", "create", "alice")).ShouldBeDone();
        }
        (await user.RunAsync("channel", "create", $"{user.Org}/test/gone")).ShouldFail(3, "No server answers");
        (await user.RunAsync("agent", "show", "alice")).ShouldBeDone();
    }

    [Fact(Timeout = 120_000)]
    public async Task Another_certificate_than_the_pinned_one_is_refused_before_anything_is_said()
    {
        await using var user = new User();
        var refused = await user.RunWithInputAsync($"{User.Password}\n", "signup", "--email", user.Email, "--password-stdin", "--org", user.Org, "--server", server.Url, "--certificate", OtherCertificate);
        refused.ShouldFail(3, "certificate", server.Certificate);

        // The name was not taken by the refused try.
        await user.SignUpAsync(server);
        Change(user, "certificate_sha256", OtherCertificate);
        (await user.RunAsync("keys", "create")).ShouldFail(3, "certificate");
    }

    [Fact(Timeout = 120_000)]
    public async Task A_self_signed_certificate_is_not_trusted_without_a_pin()
    {
        await using var user = new User();
        var refused = await user.RunWithInputAsync($"{User.Password}\n", "signup", "--email", user.Email, "--password-stdin", "--server", server.Url);
        refused.ShouldFail(3, "certificate", "pin");
    }

    [Fact(Timeout = 120_000)]
    public async Task A_channel_of_another_organisation_cannot_be_made()
    {
        await using var user = await User.WithAgentsAsync(server, "alice");
        (await user.RunAsync("channel", "create", $"{user.Org}x/test/mine")).ShouldFail(1);
    }

    [Fact(Timeout = 120_000)]
    public async Task Who_is_no_member_cannot_send()
    {
        await using var user = await User.WithAgentsAsync(server, "alice", "bob");
        var channel = await user.CreateChannelAsync("closed", "alice");
        (await user.RunAsync("send", channel, "let me in", "--agent", "bob")).ShouldFail(1, "no member", "skytale channel add");
    }

    [Theory(Timeout = 120_000)]
    [InlineData("nonsense")]
    [InlineData("send")]
    [InlineData("listen", "a/b/c", "--count", "none")]
    [InlineData("listen", "a/b/c", "--count", "0")]
    [InlineData("channel", "log", "a/b/c")]
    [InlineData("agent", "create", "../alice")]
    [InlineData("signup", "--email", "you@example.org", "--password-stdin", "--server", "http://localhost")]
    public async Task Wrong_usage_is_told_with_what_would_be_right(params string[] arguments)
    {
        await using var user = new User();
        // Of an account, so that nothing else is wrong with the home.
        await user.SignUpAsync(server);
        var home = arguments[0] == "signup" ? new[] { "--home", Path.Combine(user.Home, "other") } : [];
        (await user.RunAsync([.. arguments, .. home])).ShouldFail(2);
    }

    private static string CredentialsPath(User user) => Path.Combine(user.Home, "credentials.json");

    private static JsonNode Credentials(User user) => JsonNode.Parse(File.ReadAllText(CredentialsPath(user)))!;

    private static void Change(User user, string field, string value)
    {
        var credentials = Credentials(user);
        credentials[field].ShouldNotBeNull();
        credentials[field] = value;
        File.WriteAllText(CredentialsPath(user), credentials.ToJsonString());
    }
}
