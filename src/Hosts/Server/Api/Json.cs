using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Skytale.Protocol;

namespace Skytale.Server.Api;

/// <summary>The API's JSON: snake_case, and strict in what it reads (a field that is unknown or there twice is an error).</summary>
internal static class Json
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.General)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        AllowDuplicateProperties = false,
        MaxDepth = 8,
        Converters = { new Moment() },
    };

    /// <summary>A body of another content type, or of none.</summary>
    public static Refusal NotJson => new(ErrorCode.InvalidRequest, "The body must be JSON: content-type application/json.");

    public static IResult Answer<T>(int status, T body) => Results.Json(body, Options, statusCode: status);

    /// <summary>Reads a request's body; whatever is wrong with it is a refusal.</summary>
    public static async Task<Result<T>> ReadAsync<T>(HttpRequest request)
        where T : class
    {
        if (!request.HasJsonContentType())
            return NotJson;
        try
        {
            return await JsonSerializer.DeserializeAsync<T>(request.Body, Options, request.HttpContext.RequestAborted) is { } body
                ? body
                : new Refusal(ErrorCode.InvalidRequest, "The body must be a JSON object.");
        }
        catch (JsonException exception)
        {
            // The position helps; the serializer's own words name our types and could quote the body.
            return new Refusal(ErrorCode.InvalidRequest,
                $"The body is not the JSON that this request needs: malformed, an unknown or repeated field, or a field of another type (line {exception.LineNumber + 1}).");
        }
        catch (BadHttpRequestException exception)
        {
            return exception.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? new Refusal(ErrorCode.PayloadTooLarge, $"A request's body has at most {ApiRole.MaxBodySize} bytes.")
                : new Refusal(ErrorCode.InvalidRequest, "The body could not be read.");
        }
    }

    /// <summary>Points in time are answered in UTC to the millisecond, the same from either database.</summary>
    private sealed class Moment : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
    }
}
