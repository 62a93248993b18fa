using System.Text.Json;
using FluentValidation;
using MediatR;
using Skytale.Protocol;

namespace Skytale.Application.Pipeline;

/// <summary>Checks a request's shape before its handler sees it; what is wrong comes back as one message a field.</summary>
public sealed class ValidationBehavior<TRequest, TResponse>(IEnumerable<IValidator<TRequest>> validators) : IPipelineBehavior<TRequest, TResponse>
{
    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        var wrong = new Dictionary<string, string>();
        foreach (var validator in validators)
        {
            var outcome = await validator.ValidateAsync(request, cancellationToken);
            foreach (var failure in outcome.Errors)
                wrong.TryAdd(JsonNamingPolicy.SnakeCaseLower.ConvertName(failure.PropertyName), failure.ErrorMessage);
        }
        return wrong.Count == 0
            ? await next()
            : RefusalShape<TResponse>.Refused(new Refusal(ErrorCode.InvalidRequest, "Some fields of the request are not as they must be; see errors.") { Fields = wrong });
    }
}
