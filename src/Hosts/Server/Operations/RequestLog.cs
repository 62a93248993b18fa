using Skytale.Server.Api;

namespace Skytale.Server.Operations;

/// <summary>
/// A line for each request to the API: the route and not the path, which names people, and the id that a refusal shows to its
/// caller. Reading, and being refused for asking too often, are worth a line only when somebody looks closely.
/// </summary>
internal sealed partial class RequestLog(RequestDelegate next, TimeProvider time, ILogger<RequestLog> log)
{
    public async Task InvokeAsync(HttpContext http)
    {
        var begun = time.GetTimestamp();
        try
        {
            await next(http);
        }
        finally
        {
            var status = http.Response.StatusCode;
            var level = status == StatusCodes.Status429TooManyRequests || (status < 400 && HttpMethods.IsGet(http.Request.Method)) ? LogLevel.Debug : LogLevel.Information;
            if (log.IsEnabled(level))
                Answered(level, http.Request.Method, (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "(no route)", status, Problem.CodeOf(http) ?? "-",
                    time.GetElapsedTime(begun).TotalMilliseconds, http.TraceIdentifier);
        }
    }

    [LoggerMessage("{Method} {Route}: {Status}, {Code}, in {Milliseconds:0.0} ms; request {RequestId}")]
    private partial void Answered(LogLevel level, string method, string route, int status, string code, double milliseconds, string requestId);
}
