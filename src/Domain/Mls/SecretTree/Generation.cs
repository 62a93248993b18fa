namespace Skytale.Mls.SecretTree;

/// <summary>§9.1: how many keys a ratchet gave before this one.</summary>
public readonly record struct Generation(uint Value)
{
    public override string ToString() => $"{Value}";
}
