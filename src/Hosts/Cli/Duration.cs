using System.CommandLine;
using System.Globalization;

namespace Skytale.Cli;

/// <summary>Options that take a span of time as people write it: a whole number with s, m, h or d.</summary>
internal static class Duration
{
    public static Option<TimeSpan?> Option(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "30m|24h|7d",
        CustomParser = result =>
        {
            if (TryParse(result.Tokens[0].Value) is { } span)
                return span;
            result.AddError($"{name} must be a whole number with s, m, h or d behind it, as 24h.");
            return null;
        },
    };

    private static TimeSpan? TryParse(string text)
    {
        if (text.Length < 2 || !int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return null;
        return text[^1] switch
        {
            's' => TimeSpan.FromSeconds(number),
            'm' => TimeSpan.FromMinutes(number),
            'h' => TimeSpan.FromHours(number),
            'd' when number <= 36_500 => TimeSpan.FromDays(number),
            _ => null,
        };
    }
}
