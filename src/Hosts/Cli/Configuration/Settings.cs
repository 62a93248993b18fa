using System.CommandLine;
using Skytale.Cli.Homes;
using Skytale.Sdk;

namespace Skytale.Cli.Configuration;

/// <summary>Everything that can be set, in the order of docs/cli.md.</summary>
internal static class Settings
{
    public static readonly Setting Home = new(Shared.Home, parsed => parsed.GetValue(Shared.Home), "SKYTALE_HOME");
    public static readonly Setting Server = InConfig(Shared.Server, "SKYTALE_SERVER", "server", file => file.Server);
    public static readonly Setting Certificate = InConfig(Shared.Certificate, "SKYTALE_CERTIFICATE", "certificate", file => file.Certificate);
    public static readonly Setting Transport = InConfig(Shared.Transport, "SKYTALE_TRANSPORT", "transport", file => file.Transport);
    public static readonly Setting StoreKey = InConfig(Shared.StoreKey, "SKYTALE_STORE_KEY", "store_key", file => file.StoreKey);
    public static readonly Setting Agent = InConfig(Shared.Agent, "SKYTALE_AGENT", "agent", file => file.Agent);
    public static readonly Setting Email = InConfig(Shared.Email, "SKYTALE_EMAIL", "email", file => file.Email);

    /// <summary>Whether answers are JSON: <c>true</c> or <c>false</c>.</summary>
    public static readonly Setting Json = new(
        Shared.Json, parsed => parsed.GetValue(Shared.Json) ? "true" : null, "SKYTALE_JSON", "config.json: json", home => home.Config.Json is { } json ? (json ? "true" : "false") : null);

    /// <summary>The API key: on the command line only the name of a file that holds it.</summary>
    public static readonly Setting ApiKey = new(
        Shared.ApiKeyFile, parsed => parsed.GetValue(Shared.ApiKeyFile) is { } path ? SecretFile.ReadLine(path) : null,
        "SKYTALE_API_KEY", "credentials.json: api_key", home => home.FindCredentials()?.ApiKey);

    public static IReadOnlyList<Setting> All { get; } = [Home, Server, Certificate, Transport, StoreKey, Agent, Email, Json, ApiKey];

    public static bool JsonOf(ParseResult parsed) => Json.Of(parsed) switch
    {
        null or "false" or "0" => false,
        "true" or "1" => true,
        var other => throw new CliException(ExitCode.Usage, $"SKYTALE_JSON is '{other}'.", "It is true or false."),
    };

    public static TransportChoice TransportOf(ParseResult parsed) => TransportChoices.Parse(Transport.Of(parsed));

    /// <summary>Where the key of an agent's store is.</summary>
    public static StoreKey StoreKeyOf(ParseResult parsed, string agent) => Sdk.StoreKey.Of(StoreKey.Of(parsed), agent);

    private static Setting InConfig(Option<string?> option, string environment, string key, Func<ConfigFile, string?> value) =>
        new(option, parsed => parsed.GetValue(option), environment, $"config.json: {key}", home => value(home.Config));
}
