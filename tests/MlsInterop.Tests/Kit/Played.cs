namespace Skytale.MlsInterop.Tests.Kit;

/// <summary>An actor of a script: the server that plays it, and what that calls it.</summary>
internal sealed class Played(string name, Wire.MLSClient.MLSClientClient rpc)
{
    public string Name => name;

    public Google.Protobuf.ByteString Identity { get; } = Google.Protobuf.ByteString.CopyFromUtf8(name);

    public Wire.MLSClient.MLSClientClient Rpc => rpc;

    /// <summary>What it was told, as a passive client's test vector.</summary>
    public Recording Recorded { get; } = new();

    public uint StateId { get; set; }

    public uint TransactionId { get; set; }

    public uint SignerId { get; set; }
}
