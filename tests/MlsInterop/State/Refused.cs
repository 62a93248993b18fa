using Grpc.Core;
using Skytale.Mls;

namespace Skytale.MlsInterop.State;

/// <summary>What a caller is told: an id that is not there, a request that is wrong, one that does not apply now.</summary>
internal static class Refused
{
    public static RpcException NotFound(string what) => new(new Status(StatusCode.NotFound, what));

    public static RpcException Invalid(string why) => new(new Status(StatusCode.InvalidArgument, why));

    /// <summary>What the library refuses: its message starts with the error's name.</summary>
    public static RpcException By(MlsException why) =>
        why.Error is MlsError.GroupEnded or MlsError.NoSuchPendingCommit or MlsError.Removed ? NotNow(why.Message) : Invalid(why.Message);

    public static RpcException NotNow(string why) => new(new Status(StatusCode.FailedPrecondition, why));
}
