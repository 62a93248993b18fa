using MediatR;
using Microsoft.AspNetCore.Http.Features;
using Skytale.Accounts;
using Skytale.Protocol;
using Skytale.Transport;

namespace Skytale.Server.Api;

/// <summary>A request's way to its use case and back: credential, body, outcome; whatever is refused on the way is a problem document.</summary>
internal static class Calls
{
    /// <summary>With a credential and a body.</summary>
    public static async Task<IResult> SendAsync<TBody, T>(HttpRequest http, IMediator mediator, Func<SecretText, TBody, IRequest<Result<T>>> request, Func<T, IResult> answer)
        where TBody : class
    {
        var credential = Bearer.Of(http);
        return credential.IsSuccess
            ? await SendAsync<TBody, T>(http, mediator, body => request(credential.Value, body), answer)
            : Problem.Of(credential.Refusal);
    }

    /// <summary>With a credential alone.</summary>
    public static async Task<IResult> SendAsync<T>(HttpRequest http, IMediator mediator, Func<SecretText, IRequest<Result<T>>> request, Func<T, IResult> answer)
    {
        var credential = Bearer.Of(http);
        return credential.IsSuccess ? await SendAsync(http, mediator, request(credential.Value), answer) : Problem.Of(credential.Refusal);
    }

    /// <summary>With a credential and a body that may be left out.</summary>
    /// <param name="nothing">What stands for a body that was left out.</param>
    public static async Task<IResult> SendAsync<TBody, T>(
        HttpRequest http, IMediator mediator, TBody nothing, Func<SecretText, TBody, IRequest<Result<T>>> request, Func<T, IResult> answer)
        where TBody : class
    {
        var hasBody = http.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody ?? true;
        return hasBody ? await SendAsync(http, mediator, request, answer) : await SendAsync(http, mediator, credential => request(credential, nothing), answer);
    }

    /// <summary>With a body alone.</summary>
    public static async Task<IResult> SendAsync<TBody, T>(HttpRequest http, IMediator mediator, Func<TBody, IRequest<Result<T>>> request, Func<T, IResult> answer)
        where TBody : class
    {
        var body = await Json.ReadAsync<TBody>(http);
        return body.IsSuccess ? await SendAsync(http, mediator, request(body.Value), answer) : Problem.Of(body.Refusal);
    }

    /// <summary>A path that is no account id is nobody's account: forbidden to every caller, as another's is.</summary>
    public static AccountId AccountOf(string id) => AccountId.TryParse(id, out var account) ? account : default;

    /// <summary>What the request is called, so that it is not carried out twice; null: it has no name.</summary>
    public static string? IdempotencyKeyOf(HttpRequest http) => http.Headers.TryGetValue("Idempotency-Key", out var key) ? key.ToString() : null;

    /// <summary>From where it comes, as it is counted.</summary>
    public static string AddressOf(HttpRequest http) => http.HttpContext.Connection.RemoteIpAddress?.Counted().ToString() ?? "";

    private static async Task<IResult> SendAsync<T>(HttpRequest http, IMediator mediator, IRequest<Result<T>> request, Func<T, IResult> answer)
    {
        var outcome = await mediator.Send(request, http.HttpContext.RequestAborted);
        return outcome.IsSuccess ? answer(outcome.Value) : Problem.Of(outcome.Refusal);
    }
}
