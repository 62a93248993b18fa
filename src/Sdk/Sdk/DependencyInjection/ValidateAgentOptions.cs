using Microsoft.Extensions.Options;

namespace Skytale.Sdk.DependencyInjection;

/// <summary>What can be seen to be wrong without asking anybody; each line names its option.</summary>
internal sealed class ValidateAgentOptions : IValidateOptions<SkytaleAgentOptions>
{
    private const int FingerprintDigits = 64;

    public ValidateOptionsResult Validate(string? name, SkytaleAgentOptions options)
    {
        var wrong = new List<string>();
        if (options.Name is { } agent && !Protocol.ChannelName.IsPart(agent))
            wrong.Add($"Name '{agent}' has other characters than lower-case letters, digits, '-', '_' and '.'.");
        if (options.Server is { } server && (!server.IsAbsoluteUri || server.Scheme != Uri.UriSchemeHttps))
            wrong.Add($"Server '{server}' is no https address.");
        if (options.Certificate is { } certificate && (certificate.Length != FingerprintDigits || !certificate.All(char.IsAsciiHexDigit)))
            wrong.Add("Certificate is no SHA-256 of 64 hexadecimal digits.");
        if (options is { Certificate: not null, Server: null })
            wrong.Add("Certificate is given without Server.");
        if (options.StorePath is not null && (options.StoreKey is null || options.GetRelayAccess is null))
            wrong.Add("StorePath is given without StoreKey or GetRelayAccess.");
        if (options.StorePath is null && options.GetRelayAccess is not null)
            wrong.Add("GetRelayAccess is given without StorePath.");
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong.Select(line => $"Skytale{(string.IsNullOrEmpty(name) ? "" : $" agent '{name}'")}: {line}"));
    }
}
