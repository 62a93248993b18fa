namespace Skytale.MlsInterop.State;

/// <summary>§11.2: a member of a group that ended, with its key package for the group that follows.</summary>
internal sealed class ReInitialization(Member old, Actor next) : IDisposable
{
    /// <summary>The next group needs the old one's PSK, also when the runner has freed the old state.</summary>
    public Member Old { get; } = old.Share();

    public Transaction Next { get; } = new(next);

    public void Dispose()
    {
        Next.Dispose();
        Old.Dispose();
    }
}
