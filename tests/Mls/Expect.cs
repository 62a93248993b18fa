namespace Skytale.Mls.Tests;

/// <summary>Assertions about refusals: the exact rule that was broken, not just any failure.</summary>
internal static class Expect
{
    public static void Refused(MlsError error, Action action)
    {
        var thrown = Should.Throw<MlsException>(action);
        thrown.Error.ShouldBe(error, thrown.ToString());
    }
}
