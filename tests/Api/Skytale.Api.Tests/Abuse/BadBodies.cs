using System.Text;

namespace Skytale.Tests.Abuse;

/// <summary>Bodies that are no JSON, not the operation's JSON, or too much of it.</summary>
internal static class BadBodies
{
    private const int Deep = 10_000;

    /// <summary>Values that get an operation as far as it goes. What is not here is "x", an empty list, or 1.</summary>
    private static readonly Dictionary<string, string> s_valid = new()
    {
        ["email"] = "\"nobody@example.org\"",
        // Not the account's: no operation ends it.
        ["password"] = "\"wrong horse battery\"",
        ["new_password"] = "\"other horse battery\"",
        ["org"] = "null",
        ["audience"] = "null",
        ["scopes"] = "[\"send:*\"]",
        ["agent_id"] = $"\"{new AgentIdentity().Id}\"",
        ["proof"] = "\"AAAA\"",
    };

    /// <summary>The operation's body, well formed.</summary>
    public static byte[] Good(DescribedOperation operation) => Encoding.UTF8.GetBytes(Object(operation.Body!.Select(field => (field.Name, Valid(field)))));

    /// <summary>Bodies that are wrong as a whole, with what is wrong with each.</summary>
    public static IEnumerable<(string What, byte[] Body)> Malformed(DescribedOperation operation)
    {
        var good = Encoding.UTF8.GetString(Good(operation));
        foreach (var text in new[]
        {
            "", " ", "{", "}", "[", "]", "[]", "null", "true", "3", "\"x\"", "{}{}", "{}x", "{\"a\"}", "{a:1}", "{'a':1}", "{,}", "{\"a\":1,}", "{\"a\":NaN}", "{\"a\":01}", "{\"a\":+1}", "{\"\":1}",
            "// comment\n{}", "{} /* comment */", "tru", "\u0000", "<xml/>", "a=b&c=d", good + good, good[..^1], good + ",", "[" + good + "]",
        })
            yield return ($"the body {text}", Encoding.UTF8.GetBytes(text));
        yield return ("a field that it does not have", Encoding.UTF8.GetBytes(good[..^1] + ",\"__proto__\":{\"admin\":true}}"));
        yield return ("5,000 fields that it does not have", Encoding.UTF8.GetBytes(good[..^1] + string.Concat(Enumerable.Range(0, 5_000).Select(i => $",\"f{i}\":0")) + "}"));
        yield return ("UTF-16", Encoding.Unicode.GetBytes(good));
        yield return ("UTF-16 with its mark", [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(good)]);
        yield return ("bytes that are no UTF-8", [0xff, 0xfe, 0xfd]);
        yield return ("arrays in arrays", Encoding.UTF8.GetBytes(Nested("[", "]")));
        yield return ("arrays in arrays that do not end", Encoding.UTF8.GetBytes(Nested("[", "")));
        yield return ("objects in objects", Encoding.UTF8.GetBytes(Nested("{\"a\":", "}", "1")));
        yield return ("a megabyte", Encoding.UTF8.GetBytes(good[..^1] + new string(' ', 1 << 20) + "}"));
        yield return ("a megabyte of nothing", new byte[1 << 20]);
    }

    /// <summary>Bodies that are right but for one field. Those that say nothing against the schema may be carried out.</summary>
    public static IEnumerable<(string What, byte[] Body, bool MayBeCarriedOut)> WithBadField(DescribedOperation operation)
    {
        foreach (var field in operation.Body!)
        {
            foreach (var (value, fits) in Values(field.Type))
                yield return ($"{field.Name} is {(value.Length > 60 ? value[..60] : value)}", With(operation, field, (field.Name, value)), fits);
            yield return ($"{field.Name} is missing", With(operation, field), true);
            yield return ($"{field.Name} is there twice", With(operation, field, (field.Name, Valid(field)), (field.Name, Valid(field))), false);
            yield return ($"{field.Name} in capitals", With(operation, field, (field.Name.ToUpperInvariant(), Valid(field))), false);
            // Latin-1 makes of each of these characters the one byte, which no UTF-8 has.
            yield return ($"{field.Name} is no UTF-8", Encoding.Latin1.GetBytes(Encoding.UTF8.GetString(With(operation, field, (field.Name, "\"a\u00ff\u00fe\u00c0\u00af\"")))), false);
        }
    }

    private static IEnumerable<(string Value, bool Fits)> Values(string type)
    {
        yield return ("null", true);
        foreach (var (of, value) in new[]
        {
            ("boolean", "true"), ("integer", "0"), ("integer", "-1"), ("number", "0.5"), ("string", "\"\""), ("string", "\"x\""), ("array", "[]"), ("array", "[\"x\"]"), ("array", "[null]"), ("object", "{}"), ("object", "{\"a\":1}"),
            // Strings that are hard to store, to compare or to show.
            ("string", "\"\\u0000\""), ("string", "\"a\\u0000b\""), ("string", "\"\\ufeff\\u202e\\uffff\""), ("string", "\"\\ud83d\\ude00\""), ("string", "\" \""), ("string", "\"\\r\\nX: y\""), ("string", "\"';--\""), ("string", "\"%00../\""),
            ("string", $"\"{new string('a', 60_000)}\""), ("string", $"\"{string.Concat(Enumerable.Repeat("\\u00e9", 9_000))}\""),
            ("array", $"[{string.Join(',', Enumerable.Repeat("\"x\"", 10_000))}]"), ("array", $"[\"{new string('a', 60_000)}\"]"), ("array", "[\"\\u0000\"]"), ("array", "[\"*:*\",\"*:*\"]"),
        })
            yield return (value, of == type || (type == "number" && of == "integer"));
        foreach (var never in new[]
        {
            "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\\x\"", "\"\\u00\"", "\"a\nb\"", "\"a", "[1]", "[[]]", "[{}]", "[\"a\",]", "1e400", "-1e400", "1e-400", "99999999999999999999999999999", "-9223372036854775809", "undefined",
            Nested("[", "]"), Nested("{\"a\":", "}", "1"), $"\"{new string('a', 100_000)}\"",
        })
            yield return (never, false);
    }

    private static byte[] With(DescribedOperation operation, DescribedField changed, params (string, string)[] replacement) =>
        Encoding.UTF8.GetBytes(Object(operation.Body!.SelectMany(field => field == changed ? replacement : [(field.Name, Valid(field))])));

    private static string Object(IEnumerable<(string Name, string Value)> fields) => $"{{{string.Join(',', fields.Select(field => $"\"{field.Name}\":{field.Value}"))}}}";

    private static string Valid(DescribedField field) => s_valid.GetValueOrDefault(field.Name) ?? field.Type switch
    {
        "string" => "\"x\"",
        "array" => "[]",
        "object" => "{}",
        "boolean" => "true",
        _ => "1",
    };

    private static string Nested(string open, string close, string inner = "") =>
        string.Concat(Enumerable.Repeat(open, Deep)) + inner + string.Concat(Enumerable.Repeat(close, Deep));
}
