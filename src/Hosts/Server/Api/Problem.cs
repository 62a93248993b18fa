using System.Text.Json;
using Skytale.Protocol;

namespace Skytale.Server.Api;

/// <summary>Refusals as RFC 9457 problem+json: a stable <c>code</c>, a sentence, one message a field under <c>errors</c>.</summary>
internal static class Problem
{
    private static readonly object s_code = new();

    /// <summary>The code that the response has told; null where it is no refusal.</summary>
    public static string? CodeOf(HttpContext http) => http.Items.TryGetValue(s_code, out var code) ? (string?)code : null;

    /// <summary>Writes the refusal as the response.</summary>
    /// <param name="status">The status where the code alone does not say it.</param>
    public static async Task WriteAsync(HttpContext http, Refusal refusal, int? status = null)
    {
        var response = http.Response;
        http.Items[s_code] = refusal.Code.Name();
        response.StatusCode = status ?? StatusOf(refusal);
        response.ContentType = "application/problem+json";
        if (response.StatusCode == StatusCodes.Status401Unauthorized)
            response.Headers.WWWAuthenticate = "Bearer";
        if (response.StatusCode is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable)
            response.Headers.RetryAfter = (refusal.RetryAfter ?? 1).ToString(System.Globalization.CultureInfo.InvariantCulture);
        await JsonSerializer.SerializeAsync(
            response.Body,
            new ProblemAnswer(
                $"urn:skytale:problem:{refusal.Code.Name()}", refusal.Code.Name().Replace('_', ' '), response.StatusCode, refusal.Code.Name(), refusal.Detail,
                http.TraceIdentifier, refusal.Fields.Count > 0 ? refusal.Fields : null),
            Json.Options,
            http.RequestAborted);
    }

    /// <summary>The refusal as an endpoint's result.</summary>
    public static IResult Of(Refusal refusal) => new Result(refusal);

    private static int StatusOf(Refusal refusal) => refusal.Code switch
    {
        ErrorCode.InvalidRequest => refusal.Fields.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status400BadRequest,
        ErrorCode.InvalidCredentials or ErrorCode.InvalidToken or ErrorCode.ExpiredToken or ErrorCode.WrongAudience => StatusCodes.Status401Unauthorized,
        ErrorCode.Forbidden or ErrorCode.InvalidProof or ErrorCode.Revoked or ErrorCode.OutOfScope or ErrorCode.AccountSuspended => StatusCodes.Status403Forbidden,
        ErrorCode.NotFound or ErrorCode.UnknownAgent => StatusCodes.Status404NotFound,
        ErrorCode.Conflict or ErrorCode.EmailTaken or ErrorCode.OrgTaken or ErrorCode.AgentNameTaken or ErrorCode.AgentKeyTaken or ErrorCode.LimitReached => StatusCodes.Status409Conflict,
        ErrorCode.PayloadTooLarge => StatusCodes.Status413PayloadTooLarge,
        ErrorCode.RateLimited => StatusCodes.Status429TooManyRequests,
        ErrorCode.Unavailable => StatusCodes.Status503ServiceUnavailable,
        ErrorCode.Internal => StatusCodes.Status500InternalServerError,
        _ => throw new InvalidOperationException($"The API has no status for {refusal.Code}."),
    };

    private sealed class Result(Refusal refusal) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => WriteAsync(httpContext, refusal);
    }
}
