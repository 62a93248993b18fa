using FluentValidation;
using Skytale.Channels;
using Skytale.Protocol;

namespace Skytale.Application.Admin;

/// <summary>Pages of channels: the cursor is a channel's id.</summary>
internal static class ChannelPages
{
    /// <summary>The shape of what is asked for.</summary>
    public static void IsPageOfChannels<T>(this AbstractValidator<T> validator, Func<T, PageAsked> page)
    {
        validator.IsPage(page);
        validator.RuleFor(request => page(request).After).Must(after => after is null || ChannelId.TryParse(after, out _))
            .OverridePropertyName(nameof(PageAsked.After)).WithMessage("after is a channel's id.");
    }

    public static async Task<Result<Page<StoredChannel>>> ReadChannelsAsync(this PageAsked asked, ChannelShelf shelf)
    {
        Refusal? refusal = null;
        var page = await asked.ReadAsync(
            async (after, most) =>
            {
                var read = await shelf.ReadAsync(ChannelId.TryParse(after, out var id) ? id : null, most);
                refusal = read.IsSuccess ? null : read.Refusal;
                return read.IsSuccess ? read.Value : [];
            },
            stored => stored.Record.Id.ToString());
        return refusal is { } why ? why : page;
    }
}
