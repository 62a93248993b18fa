using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Skytale.Tests.Abuse;

namespace Skytale.Tests;

/// <summary>The OpenAPI document.</summary>
public sealed class DescriptionTests : IAsyncLifetime
{
    private const int Timeout = 60_000;
    private readonly TemporaryFolder _folder = new();
    private ApiServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await ApiServer.StartAsync(_folder.Path, null);

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact(Timeout = Timeout)]
    public async Task The_document_has_every_route_and_no_other()
    {
        var api = await DocumentAsync();
        var described = api["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(operation => $"{operation.Key.ToUpperInvariant()} {path.Key}"));
        var routes = _server.Host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .SelectMany(route => route.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods.Select(method => $"{method} {route.RoutePattern.RawText}"))
            .Where(route => !route.Contains("/reference", StringComparison.Ordinal) && !route.Contains(" /console", StringComparison.Ordinal) && !route.EndsWith("/openapi.json", StringComparison.Ordinal));
        described.Order().ShouldBe(routes.Distinct().Order());
    }

    [Fact(Timeout = Timeout)]
    public async Task What_a_request_is_sent_and_answered_is_what_the_document_says()
    {
        var api = await DocumentAsync();
        var customer = await _server.SignUpAsync("ada");
        await MatchesAsync("post", "/accounts", new { email = "a@b.example", password = Customer.Password }, null);
        await MatchesAsync("post", "/sessions", new { email = customer.Email, password = Customer.Password }, null);
        await MatchesAsync("post", "/accounts/{id}/keys", new { name = "bot", scopes = new[] { "send:*" } }, customer.Token);
        await MatchesAsync("post", "/accounts/{id}/orgs", new { name = "some-org" }, customer.Token);
        await MatchesAsync("post", "/accounts/{id}/agents", new AgentIdentity().Registration(customer.Id, "b"), customer.Token);
        await MatchesAsync("post", "/tokens", new { agent = "ada" }, customer.ApiKey);
        foreach (var list in new[] { "/accounts/{id}/keys", "/accounts/{id}/orgs", "/accounts/{id}/agents" })
            await MatchesAsync("get", list, null, customer.Token);
        var admin = await _server.AdminTokenAsync();
        foreach (var list in new[] { "/admin/accounts", "/admin/keys", "/admin/agents", "/admin/audit" })
            await MatchesAsync("get", list, null, admin);
        await MatchesAsync("post", "/admin/accounts/{account}/suspend", new { reason = "a test" }, admin);
        await MatchesAsync("post", "/admin/accounts/{account}/restore", null, admin);
        await MatchesAsync("get", "/admin/accounts/{account}", null, admin);
        await MatchesAsync("post", "/accounts/{id}/password", new { password = "wrong horse battery", new_password = Customer.Password }, customer.Token);
        await MatchesAsync("post", "/sessions", new { email = "x" }, null);

        async Task MatchesAsync(string method, string path, object? body, string? credential)
        {
            var operation = api["paths"]![path]![method]!;
            if (body is not null)
            {
                var asked = Fields(api, operation["requestBody"]!["content"]!["application/json"]!["schema"]!);
                JsonSerializer.SerializeToNode(body)!.AsObject().Select(field => field.Key).ShouldBeSubsetOf(asked, path);
            }
            var content = body is null ? null : new StringContent(JsonSerializer.Serialize(body), System.Text.Encoding.UTF8, "application/json");
            var answer = await _server.SendAsync(path.Replace("{id}", customer.Id, StringComparison.Ordinal).Replace("{account}", customer.Id, StringComparison.Ordinal), content, credential, method.ToUpperInvariant());
            var described = operation["responses"]![$"{answer.Status}"].ShouldNotBeNull($"{method} {path} answers {answer}");
            var schema = described["content"]!.AsObject().Single().Value!["schema"]!;
            answer.Body.Select(field => field.Key).ShouldBeSubsetOf(Fields(api, schema), path);
            Required(api, schema).ShouldBeSubsetOf(answer.Body.Select(field => field.Key), path);
        }
    }

    [Fact(Timeout = Timeout)]
    public async Task What_a_request_cannot_do_without_is_what_the_document_says_is_required()
    {
        var api = await DocumentAsync();
        var caller = await Caller.SignUpAsync(_server);
        var operations = DescribedOperation.ReadAll(api).Where(operation => operation.Body is not null).ToList();
        operations.Count.ShouldBeGreaterThan(5);
        foreach (var operation in operations)
        {
            var attempt = caller.Ask(operation, "without a field");
            var answer = await _server.SendAsync(attempt.Target, new StringContent("{}", System.Text.Encoding.UTF8, "application/json"), attempt.Credential?["Bearer ".Length..], operation.Method);
            var missed = answer.Body["errors"]?.AsObject().Select(field => field.Key) ?? [];
            var required = Required(api, api["paths"]![operation.Path]![operation.Method.ToLowerInvariant()]!["requestBody"]!["content"]!["application/json"]!["schema"]!);
            // A proof that is left out is refused as a wrong one is, by another code.
            required.Where(field => field != "proof").ShouldBe(missed, ignoreOrder: true, $"{operation}: {answer}");
        }
    }

    [Fact(Timeout = Timeout)]
    public async Task Credentials_and_names_of_requests_are_described()
    {
        var api = await DocumentAsync();
        var register = api["paths"]!["/accounts/{id}/agents"]!["post"]!;
        register["security"]!.AsArray().SelectMany(each => each!.AsObject().Select(scheme => scheme.Key)).ShouldBe(["account_token", "api_key"]);
        register["parameters"]!.AsArray().Select(parameter => parameter!["name"]!.GetValue<string>()).ShouldBe(["id", "Idempotency-Key"]);
        api["components"]!["securitySchemes"]!.AsObject().Select(scheme => scheme.Key).ShouldBe(["account_token", "admin_key", "admin_token", "api_key"], ignoreOrder: true);
        var names = api["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()).Select(operation => operation.Value!["operationId"]!.GetValue<string>()).ToList();
        names.Distinct().Count().ShouldBe(names.Count);
    }

    private async Task<JsonObject> DocumentAsync()
    {
        var answer = await _server.SendAsync("/openapi.json", null, method: "GET");
        answer.Status.ShouldBe(200);
        return answer.Body;
    }

    private static IEnumerable<string> Fields(JsonObject api, JsonNode schema) => Resolved(api, schema)["properties"]!.AsObject().Select(property => property.Key);

    private static IEnumerable<string> Required(JsonObject api, JsonNode schema) => Resolved(api, schema)["required"]?.AsArray().Select(field => field!.GetValue<string>()) ?? [];

    private static JsonNode Resolved(JsonObject api, JsonNode schema) =>
        schema["$ref"] is { } reference ? api["components"]!["schemas"]![reference.GetValue<string>().Split('/')[^1]]! : schema;
}
