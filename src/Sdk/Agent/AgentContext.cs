using Microsoft.Extensions.Logging;
using Skytale.Agent.Keys;
using Skytale.Agent.Storage;
using Skytale.Mls;
using Skytale.Protocol.Frames;
using Skytale.Protocol.Transport;
using Skytale.RelayLink;
using Skytale.Sdk;

namespace Skytale.Agent;

/// <summary>What every part of a running agent uses.</summary>
internal sealed record AgentContext(IAgentStore Store, IdentityKey Identity, TimeProvider Time, FillRandom Random, ILogger Logger)
{
    private const int MaxAttempts = 8;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    /// <summary>How long a relay may be unable to store anything, or find that too much is asked of it, before whoever asks it is told.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>When this agent gives itself new keys.</summary>
    public required KeyRotation KeyRotation { get; init; }

    /// <summary>What hides the size of its messages.</summary>
    public required MessagePadding Padding { get; init; }

    /// <summary>Held while it renews keys, in whichever channel.</summary>
    public SemaphoreSlim Rotation { get; } = new(1, 1);

    /// <summary>The link to the relay.</summary>
    public required RelayLink.RelayLink Link { get; init; }

    /// <summary>
    /// Sends a request over the connection that lives; when it dies before the answer, over the next one, and where the
    /// relay cannot store anything now or this agent has asked too often, a little later. Every request is safe to repeat, so that repeating it is all there is to do.
    /// </summary>
    /// <exception cref="SkytaleException">The connection died again and again.</exception>
    public async Task<Protocol.Result<TAnswer>> RequestAsync<TAnswer>(Func<Protocol.RequestId, RequestFrame> request, CancellationToken cancellationToken)
        where TAnswer : AnswerFrame
    {
        var begun = Time.GetTimestamp();
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            var answer = await RequestOnceAsync<TAnswer>(request, cancellationToken).ConfigureAwait(false);
            if (answer.IsSuccess || answer.Refusal.Code is not (Protocol.ErrorCode.Unavailable or Protocol.ErrorCode.RateLimited) || Time.GetElapsedTime(begun) > Patience)
                return answer;
            AgentLog.Unavailable(Logger, answer.Refusal.Detail);
            // Not all who wait at the same moment.
            await Task.Delay(pause * (0.5 + (System.Random.Shared.NextDouble() / 2)), Time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<Protocol.Result<TAnswer>> RequestOnceAsync<TAnswer>(Func<Protocol.RequestId, RequestFrame> request, CancellationToken cancellationToken)
        where TAnswer : AnswerFrame
    {
        for (var attempt = 1; ; attempt++)
        {
            RelayConnection? connection = null;
            try
            {
                connection = await Link.ConnectionAsync(cancellationToken).ConfigureAwait(false);
                return await connection.RequestAsync<TAnswer>(request, cancellationToken).ConfigureAwait(false);
            }
            catch (TransportException e) when (attempt < MaxAttempts && e.Error == TransportError.Closed)
            {
                AgentLog.Repeating(Logger, attempt, e.Message);
                // Its control stream is gone: nobody is to be given it again.
                if (connection is not null)
                    await connection.DisposeAsync().ConfigureAwait(false);
            }
            catch (Exception e) when (e is TransportException or Protocol.ProtocolException)
            {
                throw e.ToSkytale();
            }
        }
    }
}
