namespace Skytale.Slim.Grpc;

/// <summary>Ends a call with this status; the message goes to the client and into the log.</summary>
internal sealed class GrpcException(GrpcStatus status, string message) : Exception(message)
{
    public GrpcStatus Status { get; } = status;
}
