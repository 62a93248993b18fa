using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Skytale.Protocol;

namespace Skytale.Tests.Abuse;

/// <summary>A request that no honest client sends.</summary>
/// <param name="What">What is wrong with it.</param>
/// <param name="Target">Path and query, as they are sent.</param>
internal sealed record Attempt(string What, string Method, string Target)
{
    private static readonly HashSet<string> s_codes = [.. Enum.GetValues<ErrorCode>().Select(code => code.Name())];

    public Version Version { get; init; } = HttpVersion.Version11;

    public byte[]? Body { get; init; }

    public string? ContentType { get; init; } = "application/json";

    public string? Credential { get; init; }

    public (string Name, string Value)? Header { get; init; }

    /// <summary>The body is sent in chunks, so that its length is not said before.</summary>
    public bool IsChunked { get; init; }

    /// <summary>True when a server may as well do what is asked: nothing says that it must not.</summary>
    public bool MayBeCarriedOut { get; init; }

    /// <summary>Sends it and judges the answer.</summary>
    /// <returns>Null when the answer is as it must be, else what is wrong with it.</returns>
    public async Task<string?> TryAsync(HttpClient client, CancellationToken cancellationToken)
    {
        var address = new Uri(client.BaseAddress!.GetLeftPart(UriPartial.Authority) + Target, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        using var request = new HttpRequestMessage(new HttpMethod(Method), address) { Version = Version, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        if (Body is not null)
        {
            request.Content = IsChunked ? new StreamContent(new Unmeasured(Body)) : new ByteArrayContent(Body);
            if (ContentType is not null)
                request.Content.Headers.TryAddWithoutValidation("Content-Type", ContentType).ShouldBeTrue();
        }
        if (Credential is not null)
            request.Headers.TryAddWithoutValidation("Authorization", Credential).ShouldBeTrue();
        if (Header is var (name, value))
            request.Headers.TryAddWithoutValidation(name, value).ShouldBeTrue();
        try
        {
            using var response = await client.SendAsync(request, cancellationToken);
            var fault = Judge((int)response.StatusCode, response.Content.Headers.ContentType, await response.Content.ReadAsStringAsync(cancellationToken));
            return fault is null ? null : $"{Method} {Shortened(Target)}, {What}: {fault}";
        }
        catch (HttpRequestException gone)
        {
            return $"{Method} {Shortened(Target)}, {What}: no answer, {gone.Message} {gone.InnerException?.Message}";
        }
    }

    private string? Judge(int status, MediaTypeHeaderValue? type, string text)
    {
        if (status is >= 200 and < 300)
            return MayBeCarriedOut ? null : $"it is carried out, {status}";
        if (status is < 400 or >= 500)
            return $"{status} {Shortened(text)}";
        if (Method == "HEAD")
            return null; // Such an answer has no body.
        if (type?.MediaType != "application/problem+json")
            return $"{status} of type {type}: {Shortened(text)}";
        var problem = JsonNode.Parse(text)!.AsObject();
        return s_codes.Contains(problem["code"]?.GetValue<string>() ?? "") && problem["status"]?.GetValue<int>() == status && problem["request_id"] is not null
            ? null
            : $"{status} {Shortened(text)}";
    }

    private static string Shortened(string text) => text.Length <= 200 ? text : text[..200] + "…";

    private sealed class Unmeasured(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
