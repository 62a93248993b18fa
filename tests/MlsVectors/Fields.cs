using System.Text.Json;
using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;

namespace Skytale.MlsVectors;

/// <summary>Fields of a case. What is missing, or of another kind than the format says, fails the case by name.</summary>
internal static class Fields
{
    public static JsonElement Field(this JsonElement element, string name) =>
        element.ValueKind != JsonValueKind.Object ? throw new VectorException($"no object with '{name}'")
        : element.TryGetProperty(name, out var field) ? field
        : throw new VectorException($"'{name}' is missing");

    /// <summary>A hexadecimal string's bytes.</summary>
    public static Opaque Bytes(this JsonElement element, string name) => element.Field(name).AsBytes(name);

    public static Opaque AsBytes(this JsonElement element, string name)
    {
        if (element.ValueKind != JsonValueKind.String)
            throw new VectorException($"'{name}' is no hexadecimal string");
        try
        {
            return new Opaque(Convert.FromHexString(element.GetString()!));
        }
        catch (FormatException)
        {
            throw new VectorException($"'{name}' is no hexadecimal string");
        }
    }

    /// <summary><c>optional</c>: null, or not there at all.</summary>
    public static Opaque? OptionalBytes(this JsonElement element, string name) =>
        element.TryGetProperty(name, out var field) && field.ValueKind != JsonValueKind.Null ? field.AsBytes(name) : null;

    public static Secret SecretOf(this JsonElement element, string name) => Secret.Copy(element.Bytes(name).Span);

    /// <summary>A secret of KDF.Nh bytes. HMAC would take a longer one, and zeros at its end would make no difference.</summary>
    public static Secret SecretOf(this JsonElement element, CipherSuite suite, string name)
    {
        var bytes = element.Bytes(name);
        Agree.On(bytes.Length, suite.HashSize, $"bytes of '{name}'");
        return Secret.Copy(bytes.Span);
    }

    /// <summary>A structure that fills a field's bytes exactly.</summary>
    public static T Decoded<T>(this JsonElement element, string name) where T : IWireStruct<T> => Tls.Decode<T>(element.Bytes(name));

    public static string Text(this JsonElement element, string name) =>
        element.Field(name) is { ValueKind: JsonValueKind.String } text ? text.GetString()! : throw new VectorException($"'{name}' is no string");

    public static uint UInt32(this JsonElement element, string name) => element.Field(name).AsUInt32(name);

    public static uint AsUInt32(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Number && element.TryGetUInt32(out var number) ? number : throw new VectorException($"'{name}' is no uint32");

    public static ulong UInt64(this JsonElement element, string name) =>
        element.Field(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetUInt64(out var value)
            ? value : throw new VectorException($"'{name}' is no uint64");

    /// <summary>A count of bytes or nodes.</summary>
    public static int Count(this JsonElement element, string name) =>
        element.UInt32(name) is <= int.MaxValue and var count ? (int)count : throw new VectorException($"'{name}' is too large");

    public static JsonElement[] List(this JsonElement element, string name) =>
        element.Field(name) is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray()] : throw new VectorException($"'{name}' is no array");

    /// <summary>The list of a member that other implementations leave out, or null, when it is empty.</summary>
    public static JsonElement[] OptionalList(this JsonElement element, string name) =>
        element.TryGetProperty(name, out var field) && field.ValueKind != JsonValueKind.Null ? element.List(name) : [];
}
