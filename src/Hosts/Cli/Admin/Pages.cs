using System.CommandLine;
using Skytale.Cli.Terminal;
using Skytale.Sdk.Api.Admin;

namespace Skytale.Cli.Admin;

/// <summary>Which part of a long list: one page, or all of them.</summary>
internal static class Pages
{
    private const int MostAtOnce = 200;

    private static readonly Option<string?> After = new("--after") { Description = "Go on behind a page: with what it said of the next", HelpName = "CURSOR" };

    private static readonly Option<int?> Limit = WholeNumber.Option("--limit", [], 1, "N", $"How many at most, to {MostAtOnce} [default: 50]", MostAtOnce);

    private static readonly Option<bool> All = new("--all") { Description = "All of them, page after page" };

    public static void AddTo(Command command)
    {
        command.Options.Add(After);
        command.Options.Add(Limit);
        command.Options.Add(All);
    }

    /// <summary>The things that are wanted; that there are more is remarked.</summary>
    public static async Task<IReadOnlyList<T>> ReadAsync<T>(ParseResult parsed, Func<AdminPageAsked, Task<AdminPage<T>>> ask)
    {
        var all = parsed.GetValue(All);
        var asked = new AdminPageAsked(parsed.GetValue(After), parsed.GetValue(Limit) ?? (all ? MostAtOnce : null));
        var page = await ask(asked);
        var things = page.Items.ToList();
        // A page that leads to itself would be asked for without end.
        while (all && page.Next is { } next && next != asked.After)
        {
            asked = asked with { After = next };
            page = await ask(asked);
            things.AddRange(page.Items);
        }
        if (page.Next is { } more)
            Output.Remark($"There are more: --after '{more}', or --all.");
        return things;
    }
}
