using System.Globalization;
using System.Text;

namespace Skytale.Benchmarks.Relay;

/// <summary>Rates over sizes as SVG: a panel each, the sizes on a logarithmic axis, least and most as a bar through each median.</summary>
internal static class Plot
{
    private const int Width = 420;
    private const int Height = 300;
    private const int Left = 70;
    private const int Right = 20;
    private const int Top = 40;
    private const int Bottom = 50;
    private const int Lines = 5;
    private static readonly double[] s_steps = [1, 2, 5, 10];

    public static string Draw(IReadOnlyList<Growth> panels)
    {
        var svg = new StringBuilder();
        Line(svg, $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {panels.Count * Width} {Height}" font-family="sans-serif" font-size="12" fill="#333">""");
        Line(svg, $"""<rect width="100%" height="100%" fill="white"/>""");
        for (var i = 0; i < panels.Count; i++)
        {
            Line(svg, $"""<g transform="translate({i * Width} 0)">""");
            Panel(svg, panels[i]);
            Line(svg, $"</g>");
        }
        Line(svg, $"</svg>");
        return svg.ToString();
    }

    private static void Panel(StringBuilder svg, Growth growth)
    {
        var (least, most) = (Math.Log10(growth.Points.Min(point => point.Size)), Math.Log10(growth.Points.Max(point => point.Size)));
        var top = Ceiling(growth.Points.Max(point => point.Rate.Most));
        double X(double size) => Left + (Math.Log10(size) - least) / (most - least) * (Width - Left - Right - 30) + 15;
        double Y(double rate) => Height - Bottom - rate / top * (Height - Top - Bottom);

        Line(svg, $"""<text x="{Width / 2}" y="20" text-anchor="middle" font-weight="bold">{growth.Title}</text>""");
        for (var i = 0; i <= Lines; i++)
        {
            var rate = top * i / Lines;
            Line(svg, $"""<line x1="{Left}" x2="{Width - Right}" y1="{Y(rate):0.#}" y2="{Y(rate):0.#}" stroke="#ddd"/>""");
            Line(svg, $"""<text x="{Left - 6}" y="{Y(rate) + 4:0.#}" text-anchor="end">{rate:N0}</text>""");
        }
        Line(svg, $"""<polyline fill="none" stroke="#1f6feb" stroke-width="2" points="{string.Join(' ', growth.Points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{X(point.Size):0.#},{Y(point.Rate.Value):0.#}")))}"/>""");
        foreach (var (size, rate) in growth.Points)
        {
            Line(svg, $"""<line x1="{X(size):0.#}" x2="{X(size):0.#}" y1="{Y(rate.Least):0.#}" y2="{Y(rate.Most):0.#}" stroke="#1f6feb"/>""");
            Line(svg, $"""<circle cx="{X(size):0.#}" cy="{Y(rate.Value):0.#}" r="4" fill="#1f6feb"/>""");
            Line(svg, $"""<text x="{X(size):0.#}" y="{Height - Bottom + 18}" text-anchor="middle">{size:N0}</text>""");
        }
        Line(svg, $"""<text x="{Width / 2}" y="{Height - 10}" text-anchor="middle">{growth.SizeName}</text>""");
    }

    /// <summary>The next round number above: 1, 2 or 5 and zeros.</summary>
    private static double Ceiling(double value)
    {
        var unit = Math.Pow(10, Math.Floor(Math.Log10(value)));
        return s_steps.Select(step => step * unit).First(rounded => rounded >= value);
    }

    private static void Line(StringBuilder svg, FormattableString line) => svg.AppendLine(line.ToString(CultureInfo.InvariantCulture));
}
