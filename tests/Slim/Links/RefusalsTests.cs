using Skytale.Protocol;
using Skytale.Slim.Grpc;

namespace Skytale.Slim.Tests.Links;

public sealed class RefusalsTests
{
    /// <summary>SLIM's clients do not come back after PERMISSION_DENIED, and do after everything else: what time or another token cures must be else.</summary>
    [Theory]
    [InlineData(ErrorCode.InvalidCredentials, (int)GrpcStatus.PermissionDenied)]
    [InlineData(ErrorCode.InvalidToken, (int)GrpcStatus.PermissionDenied)]
    [InlineData(ErrorCode.WrongAudience, (int)GrpcStatus.PermissionDenied)]
    [InlineData(ErrorCode.Revoked, (int)GrpcStatus.PermissionDenied)]
    [InlineData(ErrorCode.NameNotOwned, (int)GrpcStatus.PermissionDenied)]
    [InlineData(ErrorCode.ExpiredToken, (int)GrpcStatus.Unauthenticated)]
    [InlineData(ErrorCode.RateLimited, (int)GrpcStatus.ResourceExhausted)]
    [InlineData(ErrorCode.LimitReached, (int)GrpcStatus.ResourceExhausted)]
    [InlineData(ErrorCode.MalformedFrame, (int)GrpcStatus.InvalidArgument)]
    [InlineData(ErrorCode.InvalidRequest, (int)GrpcStatus.InvalidArgument)]
    [InlineData(ErrorCode.Internal, (int)GrpcStatus.Internal)]
    [InlineData(ErrorCode.Unavailable, (int)GrpcStatus.Unavailable)]
    public void What_coming_back_cannot_cure_is_told_from_what_it_can(ErrorCode code, int status)
    {
        var end = new Refusal(code, "why").ToGrpc();
        ((int)end.Status, end.Message).ShouldBe((status, $"{code.Name()}: why"));
    }
}
