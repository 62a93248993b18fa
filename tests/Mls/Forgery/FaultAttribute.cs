using Xunit.v3;

namespace Skytale.Mls.Tests.Forgery;

/// <summary>
/// Says which of the faults in docs/mls/validation/faults.md, found in implementations of the RFC, a test would see in this
/// one. They stand in tests/Mls/Faults, or where their subject is tested anyway.
/// </summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class FaultAttribute(int item) : Attribute, ITraitAttribute
{
    /// <summary>From 1 to 35.</summary>
    public int Item { get; } = item;

    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [new("Fault", $"{Item}")];
}
