using FluentValidation;
using Skytale.Accounts;

namespace Skytale.Application.Admin;

internal static class SearchRule
{
    /// <summary>The shape of what is searched for, where anything is: no longer than the longest thing that can be found.</summary>
    public static void IsSearch<T>(this IRuleBuilderInitial<T, string?> rule) =>
        rule.Must(search => search is null || (search.Length is >= 1 and <= EmailAddress.MaxLength && !search.Any(char.IsControl)))
            .WithMessage($"search has 1 to {EmailAddress.MaxLength} printable characters.");
}
