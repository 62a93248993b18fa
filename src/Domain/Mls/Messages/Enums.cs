namespace Skytale.Mls.Messages;

/// <summary>§6: the version of the protocol. Values outside the table are kept as they came.</summary>
public enum ProtocolVersion : ushort
{
    Mls10 = 1,
}

/// <summary>§6, §17.2: what an MLSMessage holds.</summary>
public enum WireFormat : ushort
{
    PublicMessage = 1,
    PrivateMessage = 2,
    Welcome = 3,
    GroupInfo = 4,
    KeyPackage = 5,
}
