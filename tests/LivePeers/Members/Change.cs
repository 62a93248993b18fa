namespace Skytale.LivePeers.Tests.Members;

/// <summary>A proposal as both kinds of members are asked for it.</summary>
internal abstract record Change
{
    /// <param name="KeyPackage">An MLSMessage.</param>
    public sealed record Add(byte[] KeyPackage) : Change;

    public sealed record Remove(uint Leaf) : Change;

    /// <summary>An external PSK that the members stored before.</summary>
    public sealed record Psk(byte[] Id) : Change;

    /// <summary>The group's extensions from then on.</summary>
    public sealed record Extensions(params (ushort Type, byte[] Data)[] All) : Change;

    /// <summary>The group ends and goes on as another, with the same suite and no extensions.</summary>
    public sealed record ReInit(byte[] GroupId) : Change;
}
