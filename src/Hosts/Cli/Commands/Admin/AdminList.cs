using System.CommandLine;
using Skytale.Cli.Admin;
using Skytale.Cli.Terminal;
using Skytale.Sdk.Api.Admin;

namespace Skytale.Cli.Commands.Admin;

/// <summary>A list that administrators see, a page at a time.</summary>
/// <typeparam name="T">What it is a list of.</typeparam>
internal sealed class AdminList<T> : CliCommand
{
    private readonly Fetch _fetch;
    private readonly IReadOnlyList<(string Heading, Func<T, string?> Cell)> _columns;

    /// <param name="filters">Options that narrow the list.</param>
    /// <param name="columns">What people are shown; JSON has all of it.</param>
    public AdminList(
        string name, string description, IReadOnlyList<string> examples, IReadOnlyList<Option> filters, Fetch fetch, params IReadOnlyList<(string Heading, Func<T, string?> Cell)> columns)
        : base(name, description, examples)
    {
        _fetch = fetch;
        _columns = columns;
        foreach (var filter in filters)
            Options.Add(filter);
        Pages.AddTo(this);
    }

    /// <summary>Asks the server for one page.</summary>
    public delegate Task<AdminPage<T>> Fetch(Administrator admin, ParseResult parsed, AdminPageAsked page, CancellationToken cancellationToken);

    protected override Task RunAsync(ParseResult parsed, CancellationToken cancellationToken) => Administrator.CallAsync(parsed, async admin =>
        Output.List(await Pages.ReadAsync(parsed, page => _fetch(admin, parsed, page, cancellationToken)), _columns));
}
