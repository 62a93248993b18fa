using Skytale.Fuzz.Mls.Groups;
using Skytale.Mls;

namespace Skytale.Fuzz.Mls.Running;

/// <summary>
/// Something that takes any bytes. It may refuse them with an <see cref="MlsException"/>; any other exception is a fault,
/// as is a state that a refused input changed. It owns the group that its inputs are of.
/// </summary>
internal abstract class FuzzTarget(FuzzGroup group) : IDisposable
{
    /// <summary>Valid inputs, which mutations start from.</summary>
    public abstract IReadOnlyList<byte[]> Seeds { get; }

    /// <summary>What a seed is refused for when only what is behind it cannot be made right; null when seeds are taken.</summary>
    public MlsError? SeedsEndIn { get; init; }

    protected FuzzGroup Group => group;

    /// <summary>Takes one input.</summary>
    /// <exception cref="MlsException">The input is refused.</exception>
    /// <exception cref="FuzzFault">The input was taken, and something is wrong with what came of it.</exception>
    public abstract void Take(byte[] input);

    /// <summary>Everything that a refused input must leave as it was; null when the target has no state.</summary>
    public virtual byte[]? State() => null;

    /// <summary>Goes back to the state at the start, after an input that was taken.</summary>
    public virtual void Reset()
    {
    }

    public virtual void Dispose() => group.Dispose();
}
