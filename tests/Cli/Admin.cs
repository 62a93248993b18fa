using System.Text.Json.Nodes;
using Skytale.Tests.EndToEnd;

namespace Skytale.Tests.Cli;

/// <summary>An administrator of a server, logged in from a home of their own.</summary>
internal static class Admin
{
    public static async Task<User> LogInAsync(ServerProcess server)
    {
        var admin = new User();
        (await admin.RunWithInputAsync($"{await MakeAsync(server)}\n", "admin", "login", "--admin-key-stdin", "--server", server.Url, "--certificate", server.Certificate, "--json")).Json("admin login");
        return admin;
    }

    /// <summary>Makes an administrator beside the server.</summary>
    /// <returns>The key.</returns>
    public static async Task<string> MakeAsync(ServerProcess server)
    {
        await using var program = RunningProgram.Start("Skytale.Server", "skytale-server", server.Home, "admin", "create", "--name", "Ada");
        (await program.EndAsync()).ShouldBe(0, string.Join('\n', program.Errors));
        return program.Output.ShouldHaveSingleItem();
    }

    public static async Task<string> AccountIdAsync(this User user) => (await user.JsonAsync("account show")).Text("account_id");

    public static IEnumerable<string> Texts(this JsonNode list, string name) => list.AsArray().Select(each => each!.Text(name));
}
