using System.Globalization;
using System.Text;

namespace Skytale.Benchmarks.Api;

/// <summary>Distributions as SVG: a panel each, a line a kind, which part was answered by when. Where lines cover each other nothing can be told apart.</summary>
internal static class Curves
{
    private const int Width = 420;
    private const int Height = 300;
    private const int Left = 50;
    private const int Right = 20;
    private const int Top = 40;
    private const int Bottom = 50;
    private static readonly string[] s_colours = ["#1f6feb", "#d1242f", "#8250df", "#1a7f37"];

    public static string Draw(IReadOnlyList<(string Title, IReadOnlyList<(string Name, double[] Sorted)> Kinds)> panels)
    {
        var svg = new StringBuilder();
        Line(svg, $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {panels.Count * Width} {Height}" font-family="sans-serif" font-size="12" fill="#333">""");
        Line(svg, $"""<rect width="100%" height="100%" fill="white"/>""");
        foreach (var (index, (title, kinds)) in panels.Index())
        {
            Line(svg, $"""<g transform="translate({index * Width} 0)">""");
            Panel(svg, title, kinds);
            Line(svg, $"</g>");
        }
        Line(svg, $"</svg>");
        return svg.ToString();
    }

    private static void Panel(StringBuilder svg, string title, IReadOnlyList<(string Name, double[] Sorted)> kinds)
    {
        // Without the slowest hundredth, which is the machine's.
        var most = kinds.Max(kind => kind.Sorted[kind.Sorted.Length * 99 / 100]);
        double X(double ms) => Left + ms / most * (Width - Left - Right);
        double Y(double part) => Height - Bottom - part * (Height - Top - Bottom);

        Line(svg, $"""<text x="{Width / 2}" y="20" text-anchor="middle" font-weight="bold">{title}</text>""");
        for (var quarter = 0; quarter <= 4; quarter++)
        {
            Line(svg, $"""<line x1="{Left}" x2="{Width - Right}" y1="{Y(quarter / 4.0):0.#}" y2="{Y(quarter / 4.0):0.#}" stroke="#ddd"/>""");
            Line(svg, $"""<text x="{Left - 6}" y="{Y(quarter / 4.0) + 4:0.#}" text-anchor="end">{25 * quarter} %</text>""");
            Line(svg, $"""<text x="{X(most * quarter / 4):0.#}" y="{Height - Bottom + 18}" text-anchor="middle">{most * quarter / 4:0.#}</text>""");
        }
        foreach (var (index, (name, sorted)) in kinds.Index())
        {
            var points = Enumerable.Range(1, 99).Select(percent => string.Create(CultureInfo.InvariantCulture, $"{X(sorted[sorted.Length * percent / 100]):0.#},{Y(percent / 100.0):0.#}"));
            Line(svg, $"""<polyline fill="none" stroke="{s_colours[index]}" stroke-width="1.5" points="{string.Join(' ', points)}"/>""");
            Line(svg, $"""<text x="{Left + 10}" y="{Top + 14 + 16 * index}" fill="{s_colours[index]}">{name}</text>""");
        }
        Line(svg, $"""<text x="{Width / 2}" y="{Height - 10}" text-anchor="middle">answered within, ms</text>""");
    }

    private static void Line(StringBuilder svg, FormattableString line) => svg.AppendLine(line.ToString(CultureInfo.InvariantCulture));
}
