using System.Globalization;
using System.Reflection;
using Skytale.Mls.Codec;

namespace Skytale.Mls.Tests.Bounds;

/// <summary>docs/mls/bounds.md says what the constants say, and leaves none out.</summary>
public sealed class BoundsPageTests
{
    // The row that is no constant of the library: the page itself is where its test takes it from.
    private const string Measured = "DecoderAllocations.Factor";

    [Fact]
    public void Every_row_is_a_constant_and_has_its_value()
    {
        BoundsPage.All.Count.ShouldBeGreaterThan(10);
        foreach (var (name, value) in BoundsPage.All.Where(row => row.Key != Measured))
            Constants().ShouldContainKeyAndValue(name, value);
    }

    [Fact]
    public void Every_bound_of_the_library_is_on_the_page() =>
        Constants().Keys.Where(IsBound).Except(BoundsPage.All.Keys).ShouldBeEmpty();

    // By the names that bounds have here. What is larger than a stack takes, is put elsewhere and not refused.
    private static bool IsBound(string name)
    {
        var field = name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..];
        if (field.EndsWith("OnStack", StringComparison.Ordinal))
            return false;
        return field.StartsWith("Max", StringComparison.Ordinal) || field.EndsWith("Limit", StringComparison.Ordinal) || field == "Generations";
    }

    private static Dictionary<string, long> Constants() => typeof(Tls).Assembly.GetTypes()
        .Where(type => !type.IsEnum)
        .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
        .Where(field => field.IsLiteral && (field.FieldType == typeof(int) || field.FieldType == typeof(uint) || field.FieldType == typeof(long)))
        .ToDictionary(field => $"{field.DeclaringType!.Name}.{field.Name}", field => Convert.ToInt64(field.GetRawConstantValue(), CultureInfo.InvariantCulture));
}
