namespace Skytale.Protocol;

/// <summary>Bytes from a peer that are not this protocol. The connection that carried them is closed with the code.</summary>
public sealed class ProtocolException(ErrorCode code, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Which rule was broken.</summary>
    public ErrorCode Code { get; } = code;
}
