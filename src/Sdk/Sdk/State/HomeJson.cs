using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Skytale.Sdk.State;

/// <summary>The JSON files of a home: snake_case, and indented for the person who looks; made at compile time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Credentials))]
[JsonSerializable(typeof(ConfigFile))]
[JsonSerializable(typeof(ServerLocation))]
[JsonSerializable(typeof(LocalAgent))]
[JsonSerializable(typeof(PassphraseRecord))]
internal sealed partial class HomeJson : JsonSerializerContext
{
    public static byte[] Write<T>(T value, JsonTypeInfo<T> type) => JsonSerializer.SerializeToUtf8Bytes(value, type);

    /// <exception cref="SkytaleException">The file is not what this library writes.</exception>
    public static T Read<T>(string path, byte[] content, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(content, type) ?? throw new JsonException("null");
        }
        catch (JsonException exception)
        {
            throw new SkytaleException(
                SkytaleError.StateUnreadable, $"{path} cannot be read: it is damaged, of another version, or has a name that is not known ({exception.Path ?? "$"}).",
                "Restore it, or use another home folder.", inner: exception);
        }
    }
}
