using Grpc.Core;
using Skytale.Mls;

namespace Skytale.MlsInterop.State;

/// <summary>What a caller is told: an id that is not there, a request that is wrong, one that does not apply now.</summary>
internal static class Refused
{
    // The text travels as a header field, and clients drop the connection over long ones. What was asked for may be long.
    private const int Longest = 500;

    public static RpcException NotFound(string what) => Because(StatusCode.NotFound, what);

    public static RpcException Invalid(string why) => Because(StatusCode.InvalidArgument, why);

    /// <summary>What the library refuses: its message starts with the error's name.</summary>
    public static RpcException By(MlsException why) =>
        why.Error is MlsError.GroupEnded or MlsError.NoSuchPendingCommit or MlsError.Removed ? NotNow(why.Message) : Invalid(why.Message);

    public static RpcException NotNow(string why) => Because(StatusCode.FailedPrecondition, why);

    private static RpcException Because(StatusCode code, string why) => new(new Status(code, why.Length <= Longest ? why : $"{why[..Longest]}…"));
}
