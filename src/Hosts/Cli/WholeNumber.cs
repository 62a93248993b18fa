using System.CommandLine;
using System.Globalization;

namespace Skytale.Cli;

/// <summary>Options that take a whole number, refused in words that a person understands.</summary>
internal static class WholeNumber
{
    public static Option<int?> Option(string name, string[] aliases, int min, string helpName, string description, int max = int.MaxValue) => new(name, aliases)
    {
        Description = description,
        HelpName = helpName,
        CustomParser = result =>
        {
            if (int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max)
                return number;
            result.AddError($"{name} must be a whole number, {(max == int.MaxValue ? $"{min} or more" : $"{min} to {max}")}.");
            return null;
        },
    };
}
