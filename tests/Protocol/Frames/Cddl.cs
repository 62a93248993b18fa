using System.Formats.Cbor;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Skytale.Protocol.Tests.Frames;

/// <summary>
/// The part of CDDL (RFC 8610) that relay.cddl uses: rules of arrays with definite entries or of any number of one, maps of one
/// sort of pair, <c>uint</c>, <c>tstr</c>, <c>bstr</c>, <c>bool</c>, <c>null</c>, numbers, choices, <c>.size</c>, <c>.regexp</c> and names of other rules.
/// </summary>
internal sealed partial class Cddl
{
    private readonly Dictionary<string, string> _rules = [];

    public Cddl(IEnumerable<string> lines)
    {
        var text = string.Join('\n', lines.Select(line => Comment().Replace(line, "")));
        foreach (Match rule in Rule().Matches(text))
            _rules.Add(rule.Groups[1].Value, Space().Replace(rule.Groups[2].Value, " ").Trim());
    }

    /// <summary>True when the bytes are exactly one item of the rule's type.</summary>
    public bool Matches(string rule, byte[] item) => IsOne(_rules[rule], item);

    private bool IsOne(string type, ReadOnlyMemory<byte> item)
    {
        var reader = new CborReader(item, CborConformanceMode.Canonical);
        try
        {
            return Matches(type, reader) && reader.BytesRemaining == 0;
        }
        catch (Exception e) when (e is CborContentException or InvalidOperationException or OverflowException)
        {
            return false;
        }
    }

    private bool Matches(string type, CborReader reader)
    {
        var choices = type.StartsWith('[') ? [type] : type.Split(" / ");
        if (choices.Length > 1)
        {
            var item = reader.ReadEncodedValue();
            return choices.Any(choice => IsOne(choice, item));
        }
        if (type.StartsWith("[* ", StringComparison.Ordinal))
            return MatchesAll(type[3..^1], reader);
        if (type.StartsWith("{* ", StringComparison.Ordinal))
            return MatchesPairs(type[3..^1].Split(" => "), reader);
        if (type.StartsWith('['))
            return MatchesArray(type[1..^1].Split(", "), reader);
        if (int.TryParse(type, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return reader.ReadUInt64() == (ulong)number;
        if (_rules.TryGetValue(type, out var named))
            return Matches(named, reader);

        var parts = type.Split(' ', 3);
        var control = parts.Length == 3 ? (Name: parts[1], Argument: parts[2]) : default;
        return parts[0] switch
        {
            "uint" => InSize(reader.ReadUInt64(), control),
            "bstr" => reader.ReadDefiniteLengthByteString() is var bytes && (control.Name is null || bytes.Length == Size(control)),
            "tstr" => reader.ReadTextString() is var text && (control.Name is null || IsWhole(text, control)),
            "bool" => reader.ReadBoolean() || true,
            "null" => ReadNull(reader),
            _ => throw new NotSupportedException($"'{type}' is no rule and no type that this reader knows"),
        };
    }

    private bool MatchesArray(string[] entries, CborReader reader)
    {
        if (reader.ReadStartArray() != entries.Length)
            return false;
        foreach (var entry in entries)
        {
            if (!Matches(Key().Replace(entry.Trim(), ""), reader))
                return false;
        }
        reader.ReadEndArray();
        return true;
    }

    private bool MatchesAll(string entry, CborReader reader)
    {
        for (var left = reader.ReadStartArray() ?? throw new CborContentException("indefinite"); left > 0; left--)
        {
            if (!Matches(entry, reader))
                return false;
        }
        reader.ReadEndArray();
        return true;
    }

    private bool MatchesPairs(string[] types, CborReader reader)
    {
        for (var left = reader.ReadStartMap() ?? throw new CborContentException("indefinite"); left > 0; left--)
        {
            if (!Matches(types[0], reader) || !Matches(types[1], reader))
                return false;
        }
        reader.ReadEndMap();
        return true;
    }

    private static bool InSize(ulong value, (string Name, string Argument) control) => control.Name is null || Size(control) >= 8 || value >> (8 * Size(control)) == 0;

    private static int Size((string Name, string Argument) control) =>
        control.Name == ".size" ? int.Parse(control.Argument, CultureInfo.InvariantCulture) : throw new NotSupportedException(control.Name);

    private static bool IsWhole(string text, (string Name, string Argument) control) =>
        control.Name == ".regexp"
            ? Regex.IsMatch(text, $@"\A(?:{control.Argument.Trim('"')})\z", RegexOptions.None, TimeSpan.FromSeconds(1))
            : throw new NotSupportedException(control.Name);

    private static bool ReadNull(CborReader reader)
    {
        reader.ReadNull();
        return true;
    }

    [GeneratedRegex(";.*$", RegexOptions.None, 1000)]
    private static partial Regex Comment();

    [GeneratedRegex(@"^([a-z][a-z-]*) = (.*(?:\n[ \t]+\S.*)*)", RegexOptions.Multiline, 1000)]
    private static partial Regex Rule();

    [GeneratedRegex(@"\s+", RegexOptions.None, 1000)]
    private static partial Regex Space();

    [GeneratedRegex("^[a-z-]+: ", RegexOptions.None, 1000)]
    private static partial Regex Key();
}
