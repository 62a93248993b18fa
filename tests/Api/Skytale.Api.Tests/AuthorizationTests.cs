using System.Net.Http.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Skytale.Tests;

/// <summary>docs/authorization.md, cell by cell, against the routes that this server really has.</summary>
public sealed class AuthorizationTests : IAsyncLifetime
{
    private const int Timeout = 120_000;
    private readonly TemporaryFolder _folder = new();
    private ApiServer _server = null!;

    public async ValueTask InitializeAsync() =>
        _server = await ApiServer.StartAsync(_folder.Path, null, "--Api:Limits:AddressPerMinute=100000", "--Api:Limits:KeyPerMinute=100000");

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact(Timeout = Timeout)]
    public void Every_route_has_a_row_and_every_row_a_route()
    {
        var table = AuthorizationTable.Read(Document);
        var routes = _server.Host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .SelectMany(route => route.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods.Select(method => $"{method} {route.RoutePattern.RawText}"));
        table.Rows.Keys.Order().ShouldBe(routes.Distinct().Order());
        table.Columns.ShouldBe(Cast.Names);
    }

    [Fact(Timeout = Timeout)]
    public async Task Every_cell_says_what_is_answered()
    {
        var table = AuthorizationTable.Read(Document);
        var wrong = new List<string>();
        var everybody = await Cast.GatherAsync(_server);
        foreach (var (route, cells) in table.Rows.OrderBy(row => EndsSomething(row.Key))) // The clock moves with each new cast.
        {
            var cast = EndsSomething(route) ? await Cast.GatherAsync(_server) : everybody;
            // What is carried out comes last: it may be the end of somebody.
            foreach (var (column, expected) in table.Columns.Zip(cells).OrderBy(cell => cell.Second == "ok"))
            {
                var answer = await AskAsync(route, cast, column);
                var got = answer.Status < 300 ? "ok" : answer.Code ?? $"{answer.Status}";
                if (got != expected)
                    wrong.Add($"{route}, {column}: the table says {expected}, the server {answer}");
            }
        }
        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void A_table_with_other_rows_columns_or_cells_is_read_as_such()
    {
        var table = AuthorizationTable.Read("| route | a | b |\n| --- | --- | --- |\n| `GET /x` | ok | no |\n\ntext | with | bars\n");
        table.Columns.ShouldBe(["a", "b"]);
        table.Rows.ShouldHaveSingleItem().Key.ShouldBe("GET /x");
        table.Rows["GET /x"].ShouldBe(["ok", "no"]);
    }

    private static string Document => Documents.Read("authorization.md");

    private static bool EndsSomething(string route) =>
        route.StartsWith("DELETE", StringComparison.Ordinal) || s_ends.Any(end => route.EndsWith(end, StringComparison.Ordinal));

    private static readonly string[] s_ends = ["/close", "/password", "/suspend", "/revoke"];

    private async Task<Answer> AskAsync(string route, Cast cast, string column)
    {
        var who = cast.AccountFor(column);
        var (method, path) = (route.Split(' ')[0], route.Split(' ')[1]);
        path = path.Replace("{id}", who.Id, StringComparison.Ordinal).Replace("{keyId}", who.KeyId, StringComparison.Ordinal).Replace("{agent}", "ada", StringComparison.Ordinal)
            .Replace("{account}", who.Id, StringComparison.Ordinal).Replace("{key}", who.KeyId, StringComparison.Ordinal).Replace("{did}", who.AgentId, StringComparison.Ordinal);
        path = path.Replace("{file}", "elements.js", StringComparison.Ordinal);
        if (path.Contains("{node}", StringComparison.Ordinal))
            path = path.Replace("{node}", await ApiSuite.EnterNodeAsync(_server), StringComparison.Ordinal);
        if (path.Contains("{channel}", StringComparison.Ordinal))
            path = path.Replace("{channel}", (await ApiSuite.StoreChannelAsync(_server, who.Org)).ToString(), StringComparison.Ordinal);
        object? body = route switch
        {
            "POST /accounts" => new { email = $"{Guid.NewGuid():n}@example.org", password = Customer.Password },
            "POST /sessions" => new { email = who.Email, password = Customer.Password },
            "POST /accounts/{id}/password" => new { password = Customer.Password, new_password = Customer.Password },
            "POST /accounts/{id}/close" => new { password = Customer.Password },
            "POST /accounts/{id}/orgs" => new { name = $"o{Guid.NewGuid():n}"[..30] },
            "POST /accounts/{id}/keys" => new { },
            "POST /accounts/{id}/agents" => new AgentIdentity().Registration(who.Id, $"a{Guid.NewGuid():n}"),
            "POST /tokens" => new { agent = "ada" },
            "POST /admin/tokens" => null,
            _ when method == "POST" && IsAdmins(path) => new { reason = "the table says so" },
            _ when method == "POST" => throw new InvalidOperationException($"Say what {route} is sent."),
            _ => null,
        };
        return await _server.SendAsync(path, body is null ? null : JsonContent.Create(body), cast.CredentialFor(column, IsAdmins(path)), method);
    }

    private static bool IsAdmins(string path) => path.StartsWith("/admin", StringComparison.Ordinal);
}
