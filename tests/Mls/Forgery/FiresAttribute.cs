using System.Reflection;
using Xunit.v3;

namespace Skytale.Mls.Tests.Forgery;

/// <summary>
/// Says that a test makes an error fire alone, on a message that is otherwise valid. The test fails unless
/// <see cref="Expect.FiresAlone"/> saw just that; the table test asks for one such test for each member of <see cref="MlsError"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FiresAttribute(MlsError error) : BeforeAfterTestAttribute
{
    public MlsError Error { get; } = error;

    public override void After(MethodInfo methodUnderTest, IXunitTest test) =>
        Observations.Has(Error).ShouldBeTrue($"{methodUnderTest.Name} declares that {Error} fires alone, and did not show it");
}
