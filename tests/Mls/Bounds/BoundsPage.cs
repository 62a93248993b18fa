using System.Globalization;
using System.Text.RegularExpressions;
using Skytale.Mls.Tests.Validation;

namespace Skytale.Mls.Tests.Bounds;

/// <summary>docs/mls/bounds.md as its tables state it: a constant's name, and its value.</summary>
internal static partial class BoundsPage
{
    private static readonly Lazy<IReadOnlyDictionary<string, long>> Rows = new(Read);

    public static IReadOnlyDictionary<string, long> All => Rows.Value;

    public static long Value(string name) => All[name];

    private static Dictionary<string, long> Read()
    {
        var page = File.ReadAllText(Path.Combine(ValidationTable.Folder, "bounds.md"));
        return Row().Matches(page).ToDictionary(row => row.Groups["name"].Value, row => long.Parse(row.Groups["value"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture));
    }

    [GeneratedRegex(@"^\| `(?<name>\w+\.\w+)` \| (?<value>\d+) \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
