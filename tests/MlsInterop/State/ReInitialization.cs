namespace Skytale.MlsInterop.State;

/// <summary>§11.2: a member of a group that ended, with its key package for the group that follows.</summary>
internal sealed class ReInitialization(Member old, Actor next) : IDisposable
{
    public Member Old => old;

    public Transaction Next { get; } = new(next);

    // The old member is the store's under its own id.
    public void Dispose() => Next.Dispose();
}
