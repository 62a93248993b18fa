namespace Skytale.Mls.Tests.Properties;

/// <summary>
/// Fewer operations that still go wrong. CsCheck shrinks by drawing smaller lives, which seldom hit the same fault; leaving
/// operations out of the one that failed does, since every list of them makes sense.
/// </summary>
internal static class Shrinking
{
    private const int MaxRuns = 400;

    public static Life Smallest(Life failing)
    {
        var runs = 0;
        for (var chunk = Math.Max(1, failing.Operations.Length / 2); ; chunk = Math.Max(1, chunk / 2))
        {
            var shorter = true;
            while (shorter && runs < MaxRuns)
            {
                shorter = false;
                for (var at = failing.Operations.Length - chunk; at >= 0 && runs < MaxRuns; at -= chunk)
                {
                    var without = failing with { Operations = [.. failing.Operations[..at], .. failing.Operations[(at + chunk)..]] };
                    runs++;
                    if (Failure(without) is null)
                        continue;
                    failing = without;
                    shorter = true;
                }
            }
            if (chunk == 1 || runs >= MaxRuns)
                return failing;
        }
    }

    /// <summary>What goes wrong in a life, or null.</summary>
    public static Exception? Failure(Life life)
    {
        try
        {
            life.Run();
            return null;
        }
        catch (Exception e)
        {
            return e;
        }
    }
}
