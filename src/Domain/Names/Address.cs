using Skytale.Protocol.Envelopes;

namespace Skytale.Names;

/// <summary>What of a name messages are routed by: its hashes and its id.</summary>
public readonly record struct Address(Prefix Prefix, SlimNameId Id)
{
    /// <summary>A name without an id is one with <see cref="SlimNameId.Any"/>.</summary>
    public static Address Of(SlimName name) => new(new Prefix(name.Component0, name.Component1, name.Component2), name.Id ?? SlimNameId.Any);
}

/// <summary>The three components under which ids stand.</summary>
public readonly record struct Prefix(ulong Component0, ulong Component1, ulong Component2);
