using System.Reflection;
using Xunit.v3;

namespace Skytale.Mls.Tests.Validation;

/// <summary>The tests of this assembly, by <c>Class.Method</c>.</summary>
internal static class DeclaredTests
{
    public static IReadOnlyDictionary<string, MethodInfo> All { get; } = typeof(DeclaredTests).Assembly.GetTypes()
        .Where(type => type is { IsClass: true, IsAbstract: false })
        .SelectMany(type => type.GetMethods(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.DeclaredOnly))
        .Where(method => method.GetCustomAttributes().Any(attribute => attribute is IFactAttribute))
        .ToDictionary(method => $"{method.DeclaringType!.Name}.{method.Name}");

    /// <summary>Each test with its attributes of a kind.</summary>
    public static IEnumerable<(string Test, T Attribute)> With<T>() where T : Attribute =>
        All.SelectMany(test => test.Value.GetCustomAttributes<T>().Select(attribute => (test.Key, attribute)));
}
