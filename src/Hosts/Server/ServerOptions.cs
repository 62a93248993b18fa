using System.Net;
using Skytale.Application.Admin;
using Skytale.Application.Limits;
using Skytale.Names;
using Skytale.Protocol;
using Skytale.Protocol.Transport;
using Skytale.Quic;
using Skytale.Security.Argon2;
using Skytale.Security.Tokens;
using Skytale.Server.Operations;
using Skytale.Server.Relay;
using Skytale.Server.SlimProxy;

namespace Skytale.Server;

/// <summary>The whole configuration, read and checked once at the start. Without any, everything runs on loopback with the embedded database.</summary>
public sealed record ServerOptions
{
    /// <summary>Without what it holds: some of it is secret.</summary>
    public override string ToString() => nameof(ServerOptions);

    private static readonly Dictionary<string, TransportKind> s_transports = new() { ["quic"] = TransportKind.Quic, ["tls"] = TransportKind.Tls };

    private static readonly Dictionary<string, QuicImplementation> s_quic = new()
    {
        ["auto"] = QuicImplementation.Auto,
        ["ngtcp2"] = QuicImplementation.Ngtcp2,
        ["msquic"] = QuicImplementation.MsQuic,
    };

    /// <summary><c>Roles</c>: what this process does, comma-separated.</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>True when this process answers HTTPS.</summary>
    public bool ServesApi => Roles.Contains("api");

    /// <summary>True when something of this process is served by HTTP.</summary>
    public bool SpeaksHttp => ServesApi || Operations.Listen is not null;

    /// <summary>True when agents connect to this process.</summary>
    public bool ServesRelay => Roles.Contains("relay");

    /// <summary>True when SLIM applications connect to this process.</summary>
    public bool ServesSlim => Roles.Contains("slim");

    /// <summary><c>SKYTALE_HOME</c>: where programs of this machine find each other (<c>local.json</c>).</summary>
    public required string Home { get; init; }

    /// <summary><c>Data</c>: the embedded database, keys and certificate.</summary>
    public required string Data { get; init; }

    /// <summary>The embedded database's file.</summary>
    public string DatabasePath => Path.Combine(Data, "skytale.db");

    /// <summary>The file of the key that signs tokens.</summary>
    public string SigningKeyPath => Path.Combine(Data, "token-key.pem");

    /// <summary><c>ConnectionStrings:Postgres</c>, with its defaults; null: the embedded database.</summary>
    public required string? Postgres { get; init; }

    /// <summary><c>Api:Listen</c>.</summary>
    public required IPEndPoint ApiListen { get; init; }

    /// <summary><c>Relay:Listen</c>: the address and port, the same over UDP and TCP.</summary>
    public required IPEndPoint RelayListen { get; init; }

    /// <summary><c>Relay:Transports</c>: over what agents may connect, <c>quic</c> or <c>tls</c> or both, comma-separated.</summary>
    public required IReadOnlyList<TransportKind> RelayTransports { get; init; }

    /// <summary><c>Relay:Quic</c>: whose QUIC, <c>ngtcp2</c> or <c>msquic</c>, or <c>auto</c> for the first that is installed.</summary>
    public required QuicImplementation RelayQuic { get; init; }

    /// <summary><c>Relay:Loops</c>: threads of ngtcp2's that share the relay's port.</summary>
    public required int RelayLoops { get; init; }

    /// <summary><c>Relay:Log</c>: where channels are, <c>disk</c> (the folder, or Postgres where there is one) or <c>memory</c>, which a stop empties.</summary>
    public required bool LogInMemory { get; init; }

    /// <summary><c>EndWithInput</c>: the server stops when its standard input ends, as a child does whose parent is gone.</summary>
    public required bool EndWithInput { get; init; }

    /// <summary><c>Relay:Limits:AddressPerSecond</c>, <c>AccountPerSecond</c>, <c>KeyPerSecond</c> and <c>HandshakesPerAddress</c>.</summary>
    public required RelayRates RelayRates { get; init; }

    /// <summary><c>Relay:Mailbox:Messages</c>, <c>MiB</c> and <c>Minutes</c>: what waits for a SLIM name, and for how long when its application is away.</summary>
    public required NameLimits Names { get; init; }

    /// <summary><c>Relay:SlimProxies</c>: the keys, as did:key, of the SLIM proxies of other processes that may bring links, comma-separated.</summary>
    public required IReadOnlyList<AgentId> SlimProxies { get; init; }

    /// <summary><c>Relay:Name</c>: the name in the relay's certificate and the audience of agents' tokens.</summary>
    public required string RelayName { get; init; }

    /// <summary><c>Relay:Host</c>: where agents reach the relay, when that is not the address it listens on.</summary>
    public required string RelayHost { get; init; }

    /// <summary><c>Certificate:Path</c>, <c>Certificate:KeyPath</c>, <c>Certificate:Password</c>; path null: a generated one.</summary>
    public required (string? Path, string? KeyPath, string? Password) Certificate { get; init; }

    /// <summary><c>Certificate:Names</c>: further names of a generated certificate, comma-separated.</summary>
    public required IReadOnlyList<string> CertificateNames { get; init; }

    /// <summary><c>Argon2:MemoryKiB</c>, <c>Passes</c>, <c>Concurrency</c>, <c>Queue</c>.</summary>
    public required Argon2Options Argon2 { get; init; }

    /// <summary><c>Token:Issuer</c>, <c>Token:KeyDays</c>, and the relay's name.</summary>
    public required TokenOptions Token { get; init; }

    /// <summary><c>Api:Limits:AddressPerMinute</c> and <c>Api:Limits:KeyPerMinute</c>: requests a minute, all of which may come at once.</summary>
    public required (int Address, int Key) RequestsPerMinute { get; init; }

    /// <summary><c>Api:Limits:AccountPerMinute</c> and <c>Api:Limits:TargetPerMinute</c>.</summary>
    public required CallerRates CallerRates { get; init; }

    /// <summary><c>Admin:ShowChannelNames</c>.</summary>
    public required AdminPolicy AdminPolicy { get; init; }

    /// <summary>What is set under <c>Operations</c>.</summary>
    public required OperationsOptions Operations { get; init; }

    /// <summary>What is set under <c>SlimProxy</c>.</summary>
    public required SlimProxyOptions SlimProxy { get; init; }

    /// <exception cref="SettingsException">A key has a value that the server does not start with.</exception>
    public static ServerOptions Read(IConfiguration configuration, IReadOnlyCollection<string> knownRoles)
    {
        var settings = new Settings(configuration);
        var home = Path.GetFullPath(settings.Text("SKYTALE_HOME", Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".skytale")));
        var relayListen = settings.EndPoint("Relay:Listen", "127.0.0.1:7444");
        var data = Path.GetFullPath(settings.Text("Data", Path.Combine(home, "server")));
        var roles = Chosen("Roles", settings.List("Roles", string.Join(',', knownRoles)), knownRoles);
        var relayName = settings.Text("Relay:Name", "localhost");
        var slimProxy = SlimProxyOptions.Read(settings, data, relayName);
        if (roles.Contains("slim") && !roles.Contains("relay") && slimProxy.Relay is null)
            throw new SettingsException("SlimProxy:Relay", "must be the relay's address where no relay runs in this process.");
        var certificate = (settings.Optional("Certificate:Path"), settings.Optional("Certificate:KeyPath"), settings.Optional("Certificate:Password"));
        var argon2 = new Argon2Options();
        var rates = new RelayRates();
        var names = new NameLimits();
        var callerRates = new CallerRates();

        var options = new ServerOptions
        {
            Roles = roles,
            Home = home,
            Data = data,
            Postgres = PostgresStart.Read(settings),
            ApiListen = settings.EndPoint("Api:Listen", "127.0.0.1:7443"),
            RelayListen = relayListen,
            RelayTransports = [.. Chosen("Relay:Transports", settings.List("Relay:Transports", "quic,tls"), s_transports.Keys).Select(name => s_transports[name]).Order()],
            RelayQuic = s_quic.TryGetValue(settings.Text("Relay:Quic", "auto"), out var quic)
                ? quic
                : throw new SettingsException("Relay:Quic", $"must be one of {string.Join(", ", s_quic.Keys)}."),
            RelayLoops = settings.Number("Relay:Loops", 1, 1, 64),
            LogInMemory = settings.Text("Relay:Log", "disk") switch
            {
                "disk" => false,
                "memory" => true,
                _ => throw new SettingsException("Relay:Log", "must be disk or memory."),
            },
            EndWithInput = settings.Flag("EndWithInput", false),
            RelayRates = new RelayRates
            {
                AddressPerSecond = settings.Number("Relay:Limits:AddressPerSecond", rates.AddressPerSecond, 1, 10_000_000),
                AccountPerSecond = settings.Number("Relay:Limits:AccountPerSecond", rates.AccountPerSecond, 1, 10_000_000),
                KeyPerSecond = settings.Number("Relay:Limits:KeyPerSecond", rates.KeyPerSecond, 1, 10_000_000),
                HandshakesPerAddress = settings.Number("Relay:Limits:HandshakesPerAddress", rates.HandshakesPerAddress, 1, RelayServerOptions.MostPendingHandshakes),
            },
            Names = names with
            {
                MessagesPerMailbox = settings.Number("Relay:Mailbox:Messages", names.MessagesPerMailbox, 1, 1_000_000),
                BytesPerMailbox = (long)settings.Number("Relay:Mailbox:MiB", (int)(names.BytesPerMailbox >> 20), 5, 1_024) << 20, // One envelope at least.
                Away = TimeSpan.FromMinutes(settings.Number("Relay:Mailbox:Minutes", (int)names.Away.TotalMinutes, 0, 24 * 60)),
            },
            SlimProxies = [.. settings.List("Relay:SlimProxies", "").Select(text => AgentId.TryParse(text, out var id)
                ? id
                : throw new SettingsException("Relay:SlimProxies", $"must be did:keys of Ed25519 keys, not '{text}'."))],
            RelayName = Uri.CheckHostName(relayName) != UriHostNameType.Unknown && relayName is not (TokenOptions.ApiAudience or TokenOptions.AdminAudience or TokenOptions.SlimAudience)
                ? relayName
                : throw new SettingsException("Relay:Name", $"must be a host name, and none of '{TokenOptions.ApiAudience}', '{TokenOptions.AdminAudience}' and '{TokenOptions.SlimAudience}'."),
            RelayHost = settings.Text("Relay:Host", relayListen.Address.ToString()),
            Certificate = certificate.Item1 is null || File.Exists(certificate.Item1)
                ? certificate
                : throw new SettingsException("Certificate:Path", $"there is no file {certificate.Item1}."),
            CertificateNames = [relayName, .. settings.List("Certificate:Names", "")],
            Argon2 = new Argon2Options
            {
                MemoryKiB = settings.Number("Argon2:MemoryKiB", argon2.MemoryKiB, Argon2Options.MinMemoryKiB, 1 << 20),
                Passes = settings.Number("Argon2:Passes", argon2.Passes, Argon2Options.MinPasses, 64),
                Concurrency = settings.Number("Argon2:Concurrency", argon2.Concurrency, 1, 256),
                Queue = settings.Number("Argon2:Queue", argon2.Queue, 0, 10_000),
            },
            Token = new TokenOptions { Issuer = settings.Text("Token:Issuer", "skytale"), RelayName = relayName, KeyAge = TimeSpan.FromDays(settings.Number("Token:KeyDays", 90, 1, 3_650)) },
            AdminPolicy = new AdminPolicy(settings.Flag("Admin:ShowChannelNames", false)),
            Operations = OperationsOptions.Read(settings),
            SlimProxy = slimProxy,
            RequestsPerMinute = (
                settings.Number("Api:Limits:AddressPerMinute", 600, 1, 1_000_000),
                settings.Number("Api:Limits:KeyPerMinute", 300, 1, 1_000_000)),
            CallerRates = new CallerRates(
                settings.Number("Api:Limits:AccountPerMinute", callerRates.Account, 1, 1_000_000),
                settings.Number("Api:Limits:TargetPerMinute", callerRates.Target, 1, 1_000_000)),
        };
        settings.RefuseUnknown();
        return options;
    }

    private static string[] Chosen(string key, IReadOnlyList<string> asked, IReadOnlyCollection<string> known) =>
        asked.Count > 0 && asked.All(known.Contains) ? [.. asked.Distinct()] : throw new SettingsException(key, $"must be one or more of {string.Join(", ", known)}.");
}
