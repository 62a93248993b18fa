using System.IO.Hashing;
using System.Text;

namespace Skytale.Protocol.Envelopes;

/// <summary>The last part of a SLIM name, 128 bits: one application instance, a group's channel, or <see cref="Any"/>.</summary>
/// <param name="High">The upper 64 bits.</param>
/// <param name="Low">The lower 64 bits.</param>
public readonly record struct SlimNameId(ulong High, ulong Low)
{
    /// <summary>All ones: whichever there is under the name's three components.</summary>
    public static SlimNameId Any { get; } = new(ulong.MaxValue, ulong.MaxValue);

    /// <summary>The id that SLIM's applications derive from a text of their identity: XXH3-128 of its UTF-8, seed 0.</summary>
    public static SlimNameId OfText(string text)
    {
        var hash = XxHash128.HashToUInt128(Encoding.UTF8.GetBytes(text));
        return new SlimNameId((ulong)(hash >> 64), (ulong)hash);
    }

    /// <summary>32 hexadecimal digits, or <c>*</c> for <see cref="Any"/>.</summary>
    public override string ToString() => this == Any ? "*" : $"{High:x16}{Low:x16}";
}
