using System.Globalization;
using System.Text.Json.Serialization.Metadata;

namespace Skytale.Sdk.Api.Admin;

/// <summary>The API server as administrators use it; none of it is open to accounts. Every method may be called concurrently.</summary>
/// <remarks>Every method throws <see cref="SkytaleException"/>, as <see cref="SkytaleApiClient"/> does. <c>token</c> is the one of <see cref="SignInAsync"/>.</remarks>
/// <param name="apiUrl">The server's https address.</param>
/// <param name="pinnedCertificateSha256">32 bytes: the only certificate to trust. Null: the system's trust decides.</param>
public sealed partial class SkytaleAdminClient(Uri apiUrl, ReadOnlyMemory<byte>? pinnedCertificateSha256) : IDisposable
{
    private readonly ApiConnection _api = new(apiUrl, pinnedCertificateSha256);

    /// <summary>Exchanges an administrator's key for a token of a quarter of an hour.</summary>
    /// <param name="adminKey"><c>sk_admin_…</c>, as <c>skytale-server admin create</c> printed it.</param>
    public Task<AdminSession> SignInAsync(string adminKey, CancellationToken cancellationToken = default) =>
        _api.PostAsync("/admin/tokens", ApiJson.Default.AdminSession, adminKey, cancellationToken);

    /// <summary>What the service has to do now, and how it is.</summary>
    public Task<AdminFigures> ShowFiguresAsync(string token, CancellationToken cancellationToken = default) =>
        _api.GetAsync("/admin/figures", ApiJson.Default.AdminFigures, token, cancellationToken);

    /// <summary>One account, with its organisations.</summary>
    public Task<SeenAccount> ShowAccountAsync(string token, string accountId, CancellationToken cancellationToken = default) =>
        _api.GetAsync($"/admin/accounts/{Uri.EscapeDataString(accountId)}", ApiJson.Default.SeenAccount, token, cancellationToken);

    /// <summary>The whole audit log as lines of JSON, oldest first, as it comes; <c>Skytale.Audit</c> verifies them.</summary>
    public IAsyncEnumerable<string> ExportAuditAsync(string token, CancellationToken cancellationToken = default) => _api.GetLinesAsync("/admin/audit/export", token, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _api.Dispose();

    private Task<AdminPage<T>> ListAsync<T>(
        string path, AdminPageAsked page, JsonTypeInfo<AdminPage<T>> type, string token, CancellationToken cancellationToken, params ReadOnlySpan<(string Name, string? Value)> query)
    {
        var asked = new List<string>();
        foreach (var (name, value) in (ReadOnlySpan<(string, string?)>)[.. query, ("after", page.After), ("limit", page.Limit?.ToString(CultureInfo.InvariantCulture))])
        {
            if (value is not null)
                asked.Add($"{name}={Uri.EscapeDataString(value)}");
        }
        return _api.GetAsync(asked.Count == 0 ? path : $"{path}?{string.Join('&', asked)}", type, token, cancellationToken);
    }
}
