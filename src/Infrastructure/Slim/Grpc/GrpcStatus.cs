namespace Skytale.Slim.Grpc;

/// <summary>How a call ends: gRPC's codes, as far as this service uses them.</summary>
internal enum GrpcStatus
{
    Ok = 0,
    InvalidArgument = 3,
    DeadlineExceeded = 4,

    /// <summary>SLIM's clients do not come back after this one; after any other they do.</summary>
    PermissionDenied = 7,
    ResourceExhausted = 8,
    Unimplemented = 12,
    Internal = 13,
    Unavailable = 14,
    Unauthenticated = 16,
}
