using Skytale.Fuzz.Mls.Groups;
using Skytale.Fuzz.Mls.Running;

namespace Skytale.Fuzz.Mls.Targets;

/// <summary>Every target by its name.</summary>
internal static class AllTargets
{
    private static readonly Dictionary<string, Func<FuzzGroup, FuzzTarget>> Others = new()
    {
        ["keys"] = group => new KeyTarget(group),
        ["agreement"] = group => new AgreementTarget(group),
    };

    private static readonly Dictionary<string, Func<FuzzGroup, FuzzTarget>> Makers =
        new(Decoders.All.Concat(States.All).Concat(Members.All).Concat(Insiders.All).Concat(Sealed.All).Concat(Outsiders.All).Concat(Certificates.All).Concat(Others));

    public static IEnumerable<string> Names => Makers.Keys;

    /// <summary>A target with a group of its own, for the caller to dispose; null when there is none of the name.</summary>
    public static FuzzTarget? Make(string name) => Makers.TryGetValue(name, out var make) ? make(new FuzzGroup()) : null;
}
