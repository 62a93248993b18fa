using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Skytale.Audit;

/// <summary>
/// An entry as a line of an exported log: a JSON object with every field in the entry's order. Reading is strict, so that nothing
/// stands in a line that the hash does not cover.
/// </summary>
public static class AuditLine
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    private static readonly JsonSerializerOptions s_options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new Hash(), new Moment() },
    };

    /// <summary>The line without its end.</summary>
    public static string Write(AuditEntry entry) => JsonSerializer.Serialize(entry, s_options);

    /// <summary>Reads a line; refuses one with a field missing, unknown or twice, or of another form.</summary>
    public static bool TryRead(string line, [NotNullWhen(true)] out AuditEntry? entry)
    {
        try
        {
            entry = JsonSerializer.Deserialize<AuditEntry>(line, s_options);
            return entry is not null;
        }
        catch (JsonException)
        {
            entry = null;
            return false;
        }
    }

    private sealed class Hash : JsonConverter<AuditHash>
    {
        public override AuditHash Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && AuditHash.TryParse(reader.GetString(), out var hash) ? hash : throw new JsonException();

        public override void Write(Utf8JsonWriter writer, AuditHash value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }

    /// <summary>UTC to the millisecond, in one spelling: the hash covers no other.</summary>
    private sealed class Moment : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String
            && DateTimeOffset.TryParseExact(reader.GetString(), TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
                ? at
                : throw new JsonException();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture));
    }
}
