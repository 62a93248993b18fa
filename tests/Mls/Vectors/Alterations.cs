using System.Text.Json.Nodes;

namespace Skytale.Mls.Tests.Vectors;

/// <summary>Copies of a case, each with one value that is not what it was.</summary>
internal static class Alterations
{
    /// <summary>Every value of the case, by its path, with copies in which it alone differs.</summary>
    public static IEnumerable<(string Path, string Kind, JsonNode Altered)> Of(JsonNode testCase)
    {
        foreach (var path in Leaves(testCase, []))
        {
            var value = At(testCase, path);
            foreach (var (kind, other) in Others(value))
            {
                var copy = testCase.DeepClone();
                Set(copy, path, other);
                yield return (string.Join('.', path), kind, copy);
            }
        }
    }

    private static IEnumerable<object[]> Leaves(JsonNode? node, object[] path) => node switch
    {
        JsonObject members => members.SelectMany(member => Leaves(member.Value, [.. path, member.Key])),
        JsonArray entries => entries.SelectMany((entry, index) => Leaves(entry, [.. path, index])),
        _ => [path],
    };

    private static IEnumerable<(string Kind, JsonNode? Other)> Others(JsonNode? value)
    {
        switch (value?.GetValueKind())
        {
            case System.Text.Json.JsonValueKind.Number:
                yield return ("plus one", JsonValue.Create(value.GetValue<ulong>() + 1));
                break;
            case System.Text.Json.JsonValueKind.String:
                var text = value.GetValue<string>();
                if (text.Length == 0 || text.Length % 2 != 0 || !text.All(char.IsAsciiHexDigitLower))
                {
                    yield return ("longer", JsonValue.Create(text + "00"));
                    break;
                }
                var bytes = Convert.FromHexString(text);
                bytes[bytes.Length / 2] ^= 0x10;
                yield return ("a bit", JsonValue.Create(Convert.ToHexStringLower(bytes)));
                yield return ("shorter", JsonValue.Create(text[..^2]));
                yield return ("longer", JsonValue.Create(text + "00"));
                break;
            default:
                yield return ("a value where there was none", JsonValue.Create("00"));
                break;
        }
    }

    private static JsonNode? At(JsonNode? node, object[] path) => path.Aggregate(node, Step);

    private static JsonNode? Step(JsonNode? node, object step) => step is int index ? node!.AsArray()[index] : node!.AsObject()[(string)step];

    private static void Set(JsonNode node, object[] path, JsonNode? value)
    {
        var holder = path[..^1].Aggregate((JsonNode?)node, Step)!;
        if (path[^1] is int index)
            holder.AsArray()[index] = value;
        else
            holder.AsObject()[(string)path[^1]] = value;
    }
}
