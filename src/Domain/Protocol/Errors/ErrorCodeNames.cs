using System.Collections.Frozen;
using System.Text;

namespace Skytale.Protocol;

/// <summary>The stable text names of <see cref="ErrorCode"/>, as problem+json and log lines show them.</summary>
public static class ErrorCodeNames
{
    private static readonly FrozenDictionary<ErrorCode, string> Names =
        Enum.GetValues<ErrorCode>().ToFrozenDictionary(code => code, code => SnakeCase(code.ToString()));

    /// <summary>The name in snake_case, for example <c>stale_epoch</c>; an unknown number reads <c>unknown_N</c>.</summary>
    public static string Name(this ErrorCode code) =>
        Names.TryGetValue(code, out var name) ? name : $"unknown_{(int)code}";

    private static string SnakeCase(string pascal)
    {
        var text = new StringBuilder(pascal.Length + 4);
        foreach (var c in pascal)
        {
            if (char.IsUpper(c) && text.Length > 0)
                text.Append('_');
            text.Append(char.ToLowerInvariant(c));
        }
        return text.ToString();
    }
}
