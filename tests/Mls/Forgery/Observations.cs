using System.Collections.Concurrent;

namespace Skytale.Mls.Tests.Forgery;

/// <summary>What <see cref="Expect.FiresAlone"/> saw in the test that runs: kept with xunit's context, so tests run in parallel.</summary>
internal static class Observations
{
    public static void Add(MlsError error) => OfThisTest().Enqueue(error);

    public static bool Has(MlsError error) => OfThisTest().Contains(error);

    private static ConcurrentQueue<MlsError> OfThisTest()
    {
        var test = TestContext.Current.Test ?? throw new InvalidOperationException("no test is running");
        return (ConcurrentQueue<MlsError>)TestContext.Current.KeyValueStorage.GetOrAdd($"errors of {test.UniqueID}", _ => new ConcurrentQueue<MlsError>())!;
    }
}
