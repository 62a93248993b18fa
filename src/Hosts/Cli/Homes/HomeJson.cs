using System.Text.Json;

namespace Skytale.Cli.Homes;

/// <summary>The JSON files of a home: snake_case, and indented for the person who looks.</summary>
internal static class HomeJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    public static byte[] Write<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, Options);

    /// <exception cref="CliException">The file is not what this program writes.</exception>
    public static T Read<T>(string path, byte[] content)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(content, Options) ?? throw new JsonException("null");
        }
        catch (JsonException exception)
        {
            throw new CliException(ExitCode.Failed, $"{path} cannot be read: it is damaged, of another version, or has a name that is not known ({exception.Path ?? "$"}).", "Restore it, or use another --home.", exception);
        }
    }
}
