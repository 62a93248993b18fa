using System.Text.Json;
using System.Text.Json.Serialization;
using Skytale.Protocol;
using Skytale.Sdk.Api.Admin;

namespace Skytale.Sdk.Api;

/// <summary>A refusal of the API server: RFC 9457 problem+json with <c>code</c> and, a field each, <c>errors</c>.</summary>
internal sealed record ApiProblem(int Status = 0, string? Code = null, string? Detail = null, Dictionary<string, string>? Errors = null)
{
    private static readonly Dictionary<string, ErrorCode> Codes = Enum.GetValues<ErrorCode>().ToDictionary(code => code.Name(), StringComparer.Ordinal);

    /// <summary>Reads a response that is no success.</summary>
    /// <param name="status">The response's status: it counts, whatever the body says.</param>
    public static ApiProblem Read(int status, string? mediaType, ReadOnlySpan<byte> body)
    {
        try
        {
            if (mediaType == "application/problem+json" && JsonSerializer.Deserialize(body, ApiJson.Default.ApiProblem) is { } problem)
                return problem with { Status = status };
        }
        catch (JsonException)
        {
            // Not our server's answer: the status alone is told below.
        }
        return new ApiProblem(status);
    }

    /// <summary>The refusal as the SDK's exception.</summary>
    public SkytaleException ToException(TimeSpan? retryAfter)
    {
        if (Code is null)
            return new SkytaleException(SkytaleError.Refused, $"The server answered with status {Status} and no reason.", "Check that the address is a Skytale API server's.");
        var text = Detail ?? Code.Replace('_', ' ');
        if (Errors is { Count: > 0 })
            text = string.Join(' ', Errors.OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => $"{field.Key}: {field.Value}"));
        var code = Codes.TryGetValue(Code, out var known) ? known : (ErrorCode?)null;
        var error = code is ErrorCode.InvalidCredentials or ErrorCode.InvalidToken or ErrorCode.ExpiredToken ? SkytaleError.NotAuthenticated : SkytaleError.Refused;
        return new SkytaleException(error, $"{text.TrimEnd('.')} ({Code}).", Hint(code, retryAfter), code);
    }

    private static string Hint(ErrorCode? code, TimeSpan? retryAfter) => code switch
    {
        ErrorCode.InvalidCredentials => "Check the e-mail address and password, or the API key.",
        ErrorCode.InvalidToken or ErrorCode.ExpiredToken => "Sign in again for a fresh account token.",
        ErrorCode.EmailTaken => "Sign in instead, or use another address.",
        ErrorCode.OrgTaken or ErrorCode.AgentNameTaken => "Choose another name.",
        ErrorCode.AgentKeyTaken => "An identity key belongs to one agent: make a new one.",
        ErrorCode.UnknownAgent => "Register the agent in this account first.",
        ErrorCode.OutOfScope => "Use a key whose scopes allow it.",
        ErrorCode.Forbidden => "Use a credential of the account that owns it.",
        ErrorCode.RateLimited or ErrorCode.Unavailable => $"Try again in {retryAfter?.TotalSeconds ?? 1:0} s.",
        ErrorCode.Internal => "The server's log says why.",
        _ => "Change the request and try again.",
    };
}

/// <summary>The API's JSON, snake_case; made at compile time, so that the SDK needs no reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ApiProblem))]
[JsonSerializable(typeof(AccountBody))]
[JsonSerializable(typeof(PasswordBody))]
[JsonSerializable(typeof(CloseBody))]
[JsonSerializable(typeof(OrgBody))]
[JsonSerializable(typeof(KeyBody))]
[JsonSerializable(typeof(AgentBody))]
[JsonSerializable(typeof(TokenBody))]
[JsonSerializable(typeof(NewAccount))]
[JsonSerializable(typeof(AccountSession))]
[JsonSerializable(typeof(KeyAnswer))]
[JsonSerializable(typeof(KeyOwner))]
[JsonSerializable(typeof(Org))]
[JsonSerializable(typeof(OrgList))]
[JsonSerializable(typeof(KeyList))]
[JsonSerializable(typeof(RegisteredAgent))]
[JsonSerializable(typeof(AgentPage))]
[JsonSerializable(typeof(AgentToken))]
[JsonSerializable(typeof(ActBody))]
[JsonSerializable(typeof(AdminSession))]
[JsonSerializable(typeof(AdminFigures))]
[JsonSerializable(typeof(SeenAccount))]
[JsonSerializable(typeof(Acted))]
[JsonSerializable(typeof(AdminPage<SeenAccount>))]
[JsonSerializable(typeof(AdminPage<SeenKey>))]
[JsonSerializable(typeof(AdminPage<RegisteredAgent>))]
[JsonSerializable(typeof(AdminPage<SeenNode>))]
[JsonSerializable(typeof(AdminPage<SeenConnection>))]
[JsonSerializable(typeof(AdminPage<SeenChannel>))]
[JsonSerializable(typeof(AdminPage<SeenQueue>))]
[JsonSerializable(typeof(AdminPage<SeenKeyPackages>))]
[JsonSerializable(typeof(AdminPage<SeenAct>))]
internal sealed partial class ApiJson : JsonSerializerContext;
