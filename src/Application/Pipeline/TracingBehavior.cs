using System.Diagnostics;
using MediatR;
using Skytale.Protocol;

namespace Skytale.Application.Pipeline;

/// <summary>One activity a use case: its name and, when refused, the code. Nothing of the request's content.</summary>
public sealed class TracingBehavior<TRequest, TResponse> : IPipelineBehavior<TRequest, TResponse>
{
    private static readonly ActivitySource Source = new(ApplicationRegistration.ActivitySourceName);

    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        using var activity = Source.StartActivity(typeof(TRequest).Name);
        try
        {
            var response = await next();
            if (activity is not null && RefusalShape<TResponse>.RefusalOf(response) is { } refusal)
                activity.SetTag("skytale.refusal", refusal.Code.Name());
            return response;
        }
        catch (Exception exception)
        {
            activity?.SetStatus(ActivityStatusCode.Error, exception.GetType().Name);
            throw;
        }
    }
}
