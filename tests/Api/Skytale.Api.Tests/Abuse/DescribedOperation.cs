using System.Text.Json.Nodes;

namespace Skytale.Tests.Abuse;

/// <summary>A field of a request's body.</summary>
/// <param name="Type">string, array, object, boolean, integer or number: what it has to be where it is not null.</param>
internal sealed record DescribedField(string Name, string Type);

/// <summary>One operation, as the served OpenAPI document says that it is.</summary>
/// <param name="Schemes">Names of credentials of which it wants one; empty: none.</param>
/// <param name="Body">The body's fields; null: it takes no body.</param>
internal sealed record DescribedOperation(
    string Method, string Path, IReadOnlyList<string> PathParameters, IReadOnlyList<string> QueryParameters, IReadOnlyList<string> HeaderParameters,
    IReadOnlyList<string> Schemes, IReadOnlyList<DescribedField>? Body)
{
    public static IReadOnlyList<DescribedOperation> ReadAll(JsonObject document) =>
        [.. document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(operation => Read(document, path.Key, operation.Key, operation.Value!)))];

    public override string ToString() => $"{Method} {Path}";

    private static DescribedOperation Read(JsonObject document, string path, string method, JsonNode operation) => new(
        method.ToUpperInvariant(), path, ParametersIn("path", operation), ParametersIn("query", operation), ParametersIn("header", operation),
        [.. Elements(operation["security"]).SelectMany(each => each.AsObject().Select(scheme => scheme.Key))],
        operation["requestBody"]?["content"]?["application/json"]?["schema"] is { } schema ? FieldsOf(document, schema) : null);

    private static List<string> ParametersIn(string place, JsonNode operation) =>
        [.. Elements(operation["parameters"]).Where(parameter => parameter["in"]!.GetValue<string>() == place).Select(parameter => parameter["name"]!.GetValue<string>())];

    private static List<DescribedField> FieldsOf(JsonObject document, JsonNode schema) =>
        [.. Resolved(document, schema)["properties"]!.AsObject().Select(property => new DescribedField(property.Key, TypeOf(Resolved(document, property.Value!))))];

    private static JsonNode Resolved(JsonObject document, JsonNode schema) =>
        schema["$ref"] is { } reference ? document["components"]!["schemas"]![reference.GetValue<string>().Split('/')[^1]]! : schema;

    /// <summary>A number's schema allows strings too, with a pattern; what is read is numbers.</summary>
    private static string TypeOf(JsonNode schema)
    {
        List<string> types = schema["type"] is JsonArray several ? [.. several.Select(type => type!.GetValue<string>())] : [schema["type"]!.GetValue<string>()];
        return types.Where(type => type != "null").OrderBy(type => type == "string").First();
    }

    private static IEnumerable<JsonNode> Elements(JsonNode? array) => array?.AsArray().Select(element => element!) ?? [];
}
