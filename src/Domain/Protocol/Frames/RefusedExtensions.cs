namespace Skytale.Protocol.Frames;

/// <summary>A refusal as the application meets it, and as it travels.</summary>
public static class RefusedExtensions
{
    /// <summary>What the frame says.</summary>
    public static Refusal ToRefusal(this Refused refused) => new(refused.Code, refused.Detail, refused.CurrentEpoch);

    /// <summary>The frame that answers a request with the refusal; a detail longer than the frame takes is cut.</summary>
    public static Refused ToFrame(this Refusal refusal, RequestId requestId) =>
        new(requestId, refusal.Code, refusal.Detail.Length <= Refused.MaxDetail ? refusal.Detail : refusal.Detail[..Refused.MaxDetail], refusal.CurrentEpoch);
}
