using System.Text;

namespace Skytale.Tests;

// What is at rest is of no use to who reads it.
public abstract partial class ApiSuite
{
    [Fact(Timeout = Timeout)]
    public async Task The_database_holds_no_key_no_password_and_no_token()
    {
        await WithAllRolesAsync(); // With all that stores anything.
        var customer = await Server.SignUpAsync("a");
        var token = await Server.PostAsync("/tokens", new { agent = "a" }, customer.ApiKey);
        var adminKey = await Server.CreateAdminAsync();
        var adminToken = await Server.AdminTokenAsync(adminKey);
        using var named = new StringContent("{}", Encoding.UTF8, "application/json");
        var second = await Server.SendAsync($"/accounts/{customer.Id}/keys", named, customer.Token, idempotencyKey: "a-name-of-a-request");
        const string NewPassword = "another horse battery";
        (await Server.PostAsync($"/accounts/{customer.Id}/password", new { password = Customer.Password, new_password = NewPassword }, customer.Token)).Status.ShouldBeLessThan(300);

        var dump = await DumpAsync(_postgres, Server.Host.Options.Data);
        foreach (var there in new[] { customer.KeyId, second["key_id"], adminKey.Split('_')[2], "$argon2id$v=19$m=19456,t=2,p=1$" })
            dump.ShouldContain(there);
        var privateKey = File.ReadAllLines(Path.Combine(Server.Host.Options.Data, "token-key.pem"))[1];
        string[] secrets =
        [
            SecretOf(customer.ApiKey), SecretOf(second["api_key"]), SecretOf(adminKey), Customer.Password, NewPassword, "a-name-of-a-request", privateKey,
            .. new[] { customer.Token, token["token"], adminToken }.SelectMany(jwt => jwt.Split('.')[1..]),
        ];
        foreach (var secret in secrets)
        {
            secret.Length.ShouldBeGreaterThan(16);
            dump.Contains(secret, StringComparison.OrdinalIgnoreCase).ShouldBeFalse(secret);
        }

        static string SecretOf(string key) => key[(key.LastIndexOf('_') + 1)..];
    }
}
