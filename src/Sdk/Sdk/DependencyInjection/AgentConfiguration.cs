using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Skytale.Sdk.DependencyInjection;

/// <summary>Options from configuration, read by hand: no reflection, and a value that cannot be read is told by its key.</summary>
internal static class AgentConfiguration
{
    public static void Read(IConfiguration configuration, SkytaleAgentOptions options)
    {
        options.Name = Text(configuration, nameof(options.Name)) ?? options.Name;
        options.ApiKey = Text(configuration, nameof(options.ApiKey)) ?? options.ApiKey;
        options.Certificate = Text(configuration, nameof(options.Certificate)) ?? options.Certificate;
        options.Home = Text(configuration, nameof(options.Home)) ?? options.Home;
        if (Text(configuration, "Passphrase") is { } passphrase)
            options.StoreKey = StoreKey.FromPassphrase(passphrase);
        if (Text(configuration, "Keyring") is { } description)
            options.StoreKey = StoreKey.FromKeyring(description);
        if (Text(configuration, nameof(options.Server)) is { } server)
            options.Server = Uri.TryCreate(server, UriKind.Absolute, out var url) ? url : throw Wrong(configuration, nameof(options.Server), "must be an https address");
        if (Text(configuration, "Transport") is { } transport)
            options.TransportChoice = Enum.TryParse<TransportChoice>(transport, ignoreCase: true, out var choice) && Enum.IsDefined(choice) ? choice : throw Wrong(configuration, "Transport", "must be auto, quic or tls");
    }

    private static string? Text(IConfiguration configuration, string key) => configuration[key] is { Length: > 0 } text ? text : null;

    private static OptionsValidationException Wrong(IConfiguration configuration, string key, string rule) =>
        new(Options.DefaultName, typeof(SkytaleAgentOptions), [$"{(configuration is IConfigurationSection section ? $"{section.Path}:{key}" : key)} {rule}."]);
}
