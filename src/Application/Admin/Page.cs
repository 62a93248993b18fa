using FluentValidation;

namespace Skytale.Application.Admin;

/// <summary>Which part of a list is asked for.</summary>
/// <param name="After">The cursor that the page before gave; null: from the beginning.</param>
/// <param name="Limit">How many at most.</param>
public sealed record PageAsked(string? After, int Limit)
{
    /// <summary>Where nothing is said.</summary>
    public const int DefaultLimit = 50;

    /// <summary>Most that one page has.</summary>
    public const int MaxLimit = 200;
}

/// <summary>A part of a list.</summary>
/// <param name="Next">The cursor of the page that follows; null for the last.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

internal static class Paging
{
    private const int MaxCursorLength = 256;

    /// <summary>The shape of what is asked for, each field under its own name.</summary>
    public static void IsPage<T>(this AbstractValidator<T> validator, Func<T, PageAsked> page)
    {
        validator.RuleFor(request => page(request).Limit).InclusiveBetween(1, PageAsked.MaxLimit).OverridePropertyName(nameof(PageAsked.Limit))
            .WithMessage($"limit is a number from 1 to {PageAsked.MaxLimit}.");
        validator.RuleFor(request => page(request).After).Must(after => after is null || (after.Length <= MaxCursorLength && !after.Any(char.IsControl)))
            .OverridePropertyName(nameof(PageAsked.After)).WithMessage("after is what the page before gave as next.");
    }

    /// <summary>The page; reads one more than it has, which says whether there is another.</summary>
    public static async Task<Page<T>> ReadAsync<T>(this PageAsked asked, Func<string?, int, Task<IReadOnlyList<T>>> read, Func<T, string> cursorOf)
    {
        var found = await read(asked.After, asked.Limit + 1);
        return found.Count > asked.Limit ? new Page<T>([.. found.Take(asked.Limit)], cursorOf(found[asked.Limit - 1])) : new Page<T>(found, null);
    }
}
