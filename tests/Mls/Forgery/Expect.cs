using Skytale.Mls.Codec;

namespace Skytale.Mls.Tests.Forgery;

/// <summary>
/// Assertions about refusals: the exact rule that was broken, not just any failure, and every state that was handed over
/// equal byte for byte before and after.
/// </summary>
internal static class Expect
{
    /// <summary>The action is refused with the error, and the states serialise to what they did before.</summary>
    public static void Refused(MlsError error, Action action, params Func<Opaque>[] states)
    {
        var before = states.Select(state => state()).ToArray();
        var thrown = Should.Throw<MlsException>(action);
        thrown.Error.ShouldBe(error, thrown.ToString());
        for (var i = 0; i < states.Length; i++)
            states[i]().ShouldBe(before[i], $"what was refused with {error} changed the state");
    }

    /// <summary>
    /// The error fires alone: the forgery is refused with it and leaves no trace, and the control, which differs from the
    /// forgery in the one thing that is wrong, is then taken by the same state. This is what <see cref="FiresAttribute"/> asks for.
    /// </summary>
    public static void FiresAlone(MlsError error, Action forgery, Action control, params Func<Opaque>[] states)
    {
        Refused(error, forgery, states);
        control();
        Observations.Add(error);
    }
}
