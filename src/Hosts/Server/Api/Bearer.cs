using Skytale.Accounts;
using Skytale.Protocol;

namespace Skytale.Server.Api;

/// <summary>The credential of a request: <c>Authorization: Bearer …</c> (RFC 6750 § 2.1).</summary>
internal static class Bearer
{
    private const string Scheme = "Bearer ";

    public static Result<SecretText> Of(HttpRequest request) =>
        request.Headers.Authorization is [{ } value] && value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? new SecretText(value[Scheme.Length..].Trim())
            : new Refusal(ErrorCode.InvalidCredentials, "A credential is needed: Authorization: Bearer …");
}
