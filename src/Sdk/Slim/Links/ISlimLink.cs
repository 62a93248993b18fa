using Skytale.Protocol.Envelopes;

namespace Skytale.Sdk.Slim;

/// <summary>
/// What carries an agent's SLIM messages. It heals by itself: what was subscribed stays so over every connection. All
/// members may be called concurrently, but for <see cref="ReadAllAsync"/>, which has one reader.
/// </summary>
public interface ISlimLink : IAsyncDisposable
{
    /// <summary>Asks for everything that is sent to a name; done when that is granted.</summary>
    /// <param name="subscriber">Who asks: the agent's own name, with its id.</param>
    /// <param name="name">With an id.</param>
    /// <exception cref="SlimException"><see cref="SlimError.Refused"/>, or <see cref="SlimError.LinkClosed"/>.</exception>
    Task SubscribeAsync(SlimName subscriber, SlimName name, CancellationToken cancellationToken);

    /// <summary>Takes that back, without waiting for a link; nothing where it is disposed, or the name is not subscribed.</summary>
    Task UnsubscribeAsync(SlimName name, CancellationToken cancellationToken);

    /// <summary>Sends to all or one of those who have subscribed to the destination; nobody says whether there is any. Waits while the link is down.</summary>
    /// <exception cref="SlimException"><see cref="SlimError.LinkClosed"/>, or <see cref="SlimError.MessageTooLarge"/>.</exception>
    ValueTask PublishAsync(Envelope envelope, CancellationToken cancellationToken);

    /// <summary>What arrives, until the link is disposed.</summary>
    IAsyncEnumerable<Envelope> ReadAllAsync(CancellationToken cancellationToken);
}
