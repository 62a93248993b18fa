using Skytale.Protocol;

namespace Skytale.Slim.Grpc;

/// <summary>The relay's refusals as a call's end.</summary>
internal static class Refusals
{
    public static GrpcException ToGrpc(this Refusal refusal) => new(StatusOf(refusal.Code), $"{refusal.Code.Name()}: {refusal.Detail}");

    /// <summary>Only what coming back cannot cure is PERMISSION_DENIED: SLIM's clients do not come back after it.</summary>
    private static GrpcStatus StatusOf(ErrorCode code) => code switch
    {
        ErrorCode.InvalidCredentials or ErrorCode.InvalidToken or ErrorCode.WrongAudience or ErrorCode.Forbidden or ErrorCode.Revoked
            or ErrorCode.NameNotOwned or ErrorCode.UnknownAgent or ErrorCode.OutOfScope or ErrorCode.AccountSuspended => GrpcStatus.PermissionDenied,
        ErrorCode.ExpiredToken => GrpcStatus.Unauthenticated,
        ErrorCode.RateLimited or ErrorCode.LimitReached or ErrorCode.FrameTooLarge or ErrorCode.PayloadTooLarge or ErrorCode.TooFarBehind => GrpcStatus.ResourceExhausted,
        ErrorCode.MalformedFrame or ErrorCode.UnexpectedFrame or ErrorCode.UnknownFrameType or ErrorCode.InvalidRequest or ErrorCode.InvalidMessage => GrpcStatus.InvalidArgument,
        ErrorCode.Internal => GrpcStatus.Internal,
        _ => GrpcStatus.Unavailable,
    };
}
