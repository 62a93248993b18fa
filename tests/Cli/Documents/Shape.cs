using System.Text.Json;
using System.Text.Json.Nodes;

namespace Skytale.Tests.Cli.Documents;

/// <summary>Whether JSON has the shape of an example: the same names at every depth, the same kinds of value; null is of every kind.</summary>
internal static class Shape
{
    /// <summary>Where the two differ; null: nowhere.</summary>
    public static string? Difference(JsonNode? example, JsonNode? actual, string at = "$") => (example, actual) switch
    {
        (null, _) or (_, null) => null,
        (JsonObject wanted, JsonObject given) => wanted.Select(field => field.Key).SequenceEqual(given.Select(field => field.Key))
            ? wanted.Select(field => Difference(field.Value, given[field.Key], $"{at}.{field.Key}")).FirstOrDefault(difference => difference is not null)
            : $"{at} has {string.Join(", ", given.Select(field => field.Key))}",
        (JsonArray wanted, JsonArray given) => given.Select((each, index) => Difference(wanted[0], each, $"{at}[{index}]")).FirstOrDefault(difference => difference is not null),
        _ => Kind(example) == Kind(actual) ? null : $"{at} is {actual.ToJsonString()}",
    };

    private static JsonValueKind Kind(JsonNode node) => node.GetValueKind() is JsonValueKind.True ? JsonValueKind.False : node.GetValueKind();
}
