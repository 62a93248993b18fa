namespace Skytale.Slim.Grpc;

/// <summary>Ends a call with this status; the message goes to the client and into the log.</summary>
/// <param name="takesNothing">The client would not take the call's end either.</param>
internal sealed class GrpcException(GrpcStatus status, string message, bool takesNothing = false) : Exception(message)
{
    public GrpcStatus Status { get; } = status;

    public bool TakesNothing { get; } = takesNothing;
}
