using Skytale.Mls;

namespace Skytale.Fuzz.Mls.Running;

/// <summary>One target, by its name, and many inputs: what became of them, and the first fault as an exception.</summary>
internal sealed class FuzzRun(string name, FuzzTarget target)
{
    private byte[]? _state = target.State();

    /// <summary>Inputs that were taken.</summary>
    public int Taken { get; private set; }

    /// <summary>Inputs that were refused, by the rule that they broke.</summary>
    public Dictionary<MlsError, int> Refused { get; } = [];

    public int Inputs => Taken + Refused.Values.Sum();

    /// <summary>Every seed as it is, which must end as the target says, then so many mutations.</summary>
    /// <exception cref="FuzzFault">Something else than a refusal.</exception>
    public FuzzRun Mutate(int seed, int rounds)
    {
        foreach (var valid in target.Seeds)
        {
            var refusal = Give(valid, "a valid input");
            if (refusal?.Error != target.SeedsEndIn)
                throw FuzzFault.Of(name, "a valid input", valid, refusal, $"ends in {refusal?.Error.ToString() ?? "no refusal"}");
        }
        var mutator = new Mutator(seed, target.Seeds);
        for (var round = 0; round < rounds; round++)
            Give(mutator.Next(), $"seed {seed}, round {round}");
        return this;
    }

    /// <summary>Gives one input.</summary>
    /// <returns>The refusal, or null when the input was taken.</returns>
    /// <exception cref="FuzzFault">Something else than a refusal.</exception>
    public MlsException? Give(byte[] input, string from)
    {
        try
        {
            target.Take(input);
        }
        catch (MlsException e)
        {
            Refused[e.Error] = Refused.GetValueOrDefault(e.Error) + 1;
            if (_state is not null && !_state.AsSpan().SequenceEqual(target.State()))
                throw FuzzFault.Of(name, from, input, e, $"{e.Error}, but the state changed");
            return e;
        }
        catch (Exception e)
        {
            throw FuzzFault.Of(name, from, input, e, $"{e.GetType().Name}: {e.Message}");
        }
        Taken++;
        target.Reset();
        _state = target.State();
        return null;
    }

    public override string ToString() =>
        $"{name}: {Inputs} inputs, {Taken} taken; {string.Join(", ", Refused.OrderByDescending(pair => pair.Value).Select(pair => $"{pair.Key} {pair.Value}"))}";
}
