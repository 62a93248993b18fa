using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Skytale.Server.Api;

/// <summary>What a request is authorised with.</summary>
/// <param name="Schemes">Names of the document's security schemes, of which one is enough.</param>
internal sealed record Credentials(params string[] Schemes)
{
    public const string AccountToken = "account_token";
    public const string ApiKey = "api_key";
    public const string AdminToken = "admin_token";
    public const string AdminKey = "admin_key";
}

/// <summary>A request that takes an Idempotency-Key.</summary>
internal sealed record TakesIdempotencyKey;

/// <summary>Fields of the query that narrow what is answered.</summary>
internal sealed record AsksByQuery(string[] Fields);

/// <summary>What the OpenAPI document says of a route, beside what its code says already; and the document itself.</summary>
internal static class Describing
{
    /// <summary>A name and a sentence for the document.</summary>
    public static RouteHandlerBuilder Is(this RouteHandlerBuilder route, string name, string summary) => route.WithName(name).WithSummary(summary);

    /// <summary>The credentials of which it wants one.</summary>
    public static RouteHandlerBuilder Wants(this RouteHandlerBuilder route, params string[] schemes) => route.WithMetadata(new Credentials(schemes)).Refuses(401, 403);

    /// <summary>A JSON body.</summary>
    public static RouteHandlerBuilder Takes<TBody>(this RouteHandlerBuilder route) where TBody : notnull => route.Accepts<TBody>("application/json").Refuses(400, 413, 422);

    /// <summary>A repeat with the same Idempotency-Key makes nothing.</summary>
    public static RouteHandlerBuilder Once(this RouteHandlerBuilder route) => route.WithMetadata(new TakesIdempotencyKey()).Refuses(409);

    /// <summary>Fields of the query that may be there.</summary>
    public static RouteHandlerBuilder Asks(this RouteHandlerBuilder route, params string[] fields) => route.WithMetadata(new AsksByQuery(fields));

    /// <summary>What it answers when it is carried out.</summary>
    public static RouteHandlerBuilder Gives<TAnswer>(this RouteHandlerBuilder route, int status) => route.Produces<TAnswer>(status).Refuses(429, 503);

    /// <summary>That it answers without a body when it is carried out.</summary>
    public static RouteHandlerBuilder GivesNothing(this RouteHandlerBuilder route) => route.Produces(StatusCodes.Status204NoContent).Refuses(429, 503);

    /// <summary>Statuses with which it may be refused, each with a problem document.</summary>
    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder route, params int[] statuses)
    {
        foreach (var status in statuses)
            route.Produces<ProblemAnswer>(status, "application/problem+json");
        return route;
    }

    /// <summary>The document, at <c>/openapi.json</c>.</summary>
    public static void AddDescription(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(http =>
        {
            http.SerializerOptions.PropertyNamingPolicy = Json.Options.PropertyNamingPolicy;
            http.SerializerOptions.UnmappedMemberHandling = Json.Options.UnmappedMemberHandling;
        });
        services.AddOpenApi(options =>
        {
            options.AddDocumentTransformer((document, _, _) =>
            {
                document.Info = new OpenApiInfo
                {
                    Title = "Skytale API",
                    Version = "1",
                    Description = "Accounts, API keys, agents and tokens. What is refused is a problem document (RFC 9457) with a stable code.",
                };
                document.Servers?.Clear(); // The address under which it was asked for is not worth saying.
                document.Components ??= new OpenApiComponents();
                document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
                {
                    [Credentials.AccountToken] = Bearer("JWT", "An account's token, of POST /accounts or /sessions."),
                    [Credentials.ApiKey] = Bearer("API key", "An API key, sk_live_…, of POST /accounts/{id}/keys."),
                    [Credentials.AdminToken] = Bearer("JWT", "An administrator's token, of POST /admin/tokens."),
                    [Credentials.AdminKey] = Bearer("administrator's key", "An administrator's key, sk_admin_…, of skytale-server admin create."),
                };
                return Task.CompletedTask;
            });
            options.AddOperationTransformer((operation, context, _) =>
            {
                foreach (var metadata in context.Description.ActionDescriptor.EndpointMetadata)
                    Describe(operation, metadata, context.Document!);
                return Task.CompletedTask;
            });
        });
    }

    private static void Describe(OpenApiOperation operation, object metadata, OpenApiDocument document)
    {
        switch (metadata)
        {
            case Credentials credentials:
                operation.Security = [.. credentials.Schemes.Select(scheme => new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(scheme, document)] = [] })];
                break;
            case TakesIdempotencyKey:
                (operation.Parameters ??= []).Add(new OpenApiParameter
                {
                    Name = "Idempotency-Key",
                    In = ParameterLocation.Header,
                    Description = "1 to 128 visible ASCII characters. A repeat within a day makes nothing and is answered as the first, but for secrets.",
                    Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = Accounts.Once.MaxKeyLength },
                });
                break;
            case AsksByQuery asks:
                foreach (var field in asks.Fields)
                    (operation.Parameters ??= []).Add(new OpenApiParameter { Name = field, In = ParameterLocation.Query, Schema = new OpenApiSchema { Type = JsonSchemaType.String } });
                break;
            default:
                break; // Nothing of ours.
        }
    }

    private static OpenApiSecurityScheme Bearer(string format, string description) =>
        new() { Type = SecuritySchemeType.Http, Scheme = "bearer", BearerFormat = format, Description = description };
}
