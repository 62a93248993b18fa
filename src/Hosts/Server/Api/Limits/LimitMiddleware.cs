using Skytale.Protocol;
using Skytale.Server.Operations;

namespace Skytale.Server.Api.Limits;

/// <summary>Answers 429 before a request costs anything; what probes and relays read is not counted.</summary>
internal sealed class LimitMiddleware(RequestDelegate next, RequestLimits limits)
{
    public Task InvokeAsync(HttpContext http)
    {
        if (http.Request.Path == Probes.Live || http.Request.Path == Probes.Ready || http.Request.Path == "/.well-known/jwks.json")
            return next(http);
        var wait = limits.Take(http);
        return wait == 0
            ? next(http)
            : Problem.WriteAsync(http, new Refusal(ErrorCode.RateLimited, "Too many requests; wait as long as Retry-After says.") { RetryAfter = wait });
    }
}
