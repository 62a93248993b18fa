using Skytale.Fuzz.Mls.Running;

namespace Skytale.Fuzz.Mls.Targets;

/// <summary>Every target by its name. Each is made when it is asked for, with a group of its own.</summary>
internal static class AllTargets
{
    /// <summary>All targets; the caller disposes each.</summary>
    public static IEnumerable<FuzzTarget> Make() =>
        Decoders.All().Concat(new[] { States.All(), Members.All(), Insiders.All(), Sealed.All(), [() => new KeyTarget()] }.SelectMany(makers => makers).Select(make => make()));

    /// <summary>The target of a name, or null.</summary>
    public static FuzzTarget? Make(string name)
    {
        FuzzTarget? found = null;
        foreach (var target in Make())
        {
            if (found is null && target.Name == name)
                found = target;
            else
                target.Dispose();
        }
        return found;
    }
}
