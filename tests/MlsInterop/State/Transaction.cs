using Skytale.Mls.KeyPackages;

namespace Skytale.MlsInterop.State;

/// <summary>An actor with a key package, until it joins a group by that.</summary>
internal sealed class Transaction(Actor actor) : IDisposable
{
    public Actor Actor => actor;

    public KeyPackageBundle KeyPackage { get; } = actor.NewKeyPackage();

    public Psks Psks { get; } = new();

    // The actor goes on as the member of a group: who joins disposes the key package alone.
    public void Dispose()
    {
        KeyPackage.Dispose();
        Psks.Dispose();
    }
}
