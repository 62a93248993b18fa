using System.Globalization;
using MediatR;
using Skytale.Accounts;
using Skytale.Application.Admin;
using Skytale.Protocol;
using Skytale.Server.Api;

namespace Skytale.Server.Admin;

/// <summary>The two forms that administrators' requests have: a list, and an act.</summary>
internal static class AdminCalls
{
    /// <summary>A list, a page at a time.</summary>
    /// <param name="request">Given the credential, the page and the query's other fields.</param>
    public static RouteHandlerBuilder MapList<TSeen, TAnswer>(
        this IEndpointRouteBuilder routes, string path, Func<SecretText, PageAsked, IQueryCollection, IRequest<Result<Page<TSeen>>>> request, Func<TSeen, TAnswer> answer) =>
        routes.MapGet(path, (string? after, string? limit, HttpRequest http, IMediator mediator) => Calls.SendAsync(
            http, mediator,
            credential => request(credential, new PageAsked(after, LimitOf(limit)), http.Query),
            page => Json.Answer(StatusCodes.Status200OK, PageAnswer<TAnswer>.Of(page, answer))))
            .Wants(Credentials.AdminToken).Refuses(422).Gives<PageAnswer<TAnswer>>(200);

    /// <summary>An act on what the path's last parameter names; the body says why, or is left out.</summary>
    public static RouteHandlerBuilder MapAct(this IEndpointRouteBuilder routes, string path, Func<string, AdminAct> act) =>
        routes.MapPost(path, (HttpRequest http, IMediator mediator) => Calls.SendAsync(
            http, mediator, new ActBody(null),
            (credential, body) => new CarryOut(credential, act((string)http.RouteValues.Values.Single()!), body.Reason, http.HttpContext.TraceIdentifier),
            entry => Json.Answer(StatusCodes.Status200OK, ActAnswer.Of(entry))))
            .Wants(Credentials.AdminToken).Takes<ActBody>().Refuses(404, 409).Gives<ActAnswer>(200);

    /// <summary>A field of the query; null where it is not there or empty.</summary>
    public static string? Field(this IQueryCollection query, string name) => query[name].ToString() is { Length: > 0 } text ? text : null;

    /// <summary>0, which no limit is, for what is no number.</summary>
    private static int LimitOf(string? limit) =>
        limit is null ? PageAsked.DefaultLimit : int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
