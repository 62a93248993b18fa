using System.Runtime.CompilerServices;

namespace Skytale.Sdk.Api;

/// <content>Answers that are taken as they come.</content>
internal sealed partial class ApiConnection
{
    /// <summary>Sends one GET whose answer has a line for each thing; however long it is, one line of it is held at a time.</summary>
    public async IAsyncEnumerable<string> GetLinesAsync(string path, string bearer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var request = Request(HttpMethod.Get, path, null, bearer, idempotencyKey: null);
        using var response = await TellAsync(() => _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken), cancellationToken).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
            throw Refusal(response, await TellAsync(() => response.Content.ReadAsByteArrayAsync(cancellationToken), cancellationToken).ConfigureAwait(false));
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false));
        while (await NextAsync(reader, cancellationToken).ConfigureAwait(false) is { } line)
            yield return line;
    }

    // The client's own timeout ends with the headers.
    private async Task<string?> NextAsync(StreamReader reader, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Timeout);
        return await TellAsync(() => reader.ReadLineAsync(patience.Token).AsTask(), cancellationToken).ConfigureAwait(false);
    }
}
