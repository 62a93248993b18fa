using MediatR;
using Skytale.Application.Nodes;
using Skytale.Names;
using Skytale.Protocol;
using Skytale.Protocol.Envelopes;

namespace Skytale.Application.Names;

/// <summary>Routes an envelope from a link to whoever has subscribed its destination. A refusal is for the link itself, which is no honest one.</summary>
public sealed record PublishEnvelope(OpenedLink Link, Envelope Envelope) : IRequest<Result<Published>>;

public sealed class PublishEnvelopeHandler(ActiveNames names, Traffic traffic) : IRequestHandler<PublishEnvelope, Result<Published>>
{
    public Task<Result<Published>> Handle(PublishEnvelope request, CancellationToken cancellationToken)
    {
        var reached = new List<Link>();
        var published = names.Use((table, now) => table.Publish(request.Link.Link, request.Envelope, now, reached));
        if (published.IsSuccess)
            traffic.Count(request.Envelope.Content.Length);
        foreach (var link in reached)
            names.Wake(link);
        return Task.FromResult(published);
    }
}
