using System.Security.Cryptography;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Skytale.Application;
using Skytale.Application.Ports;
using Skytale.ChannelLogs.Embedded;
using Skytale.ChannelLogs.Memory;
using Skytale.ChannelLogs.Postgres;
using Skytale.Persistence;
using Skytale.Persistence.Postgres;
using Skytale.Protocol.Transport;
using Skytale.Security;
using Skytale.Security.Tokens;
using Skytale.Server.Admin;
using Skytale.Server.Api;
using Skytale.Server.Certificates;
using Skytale.Server.Keys;
using Skytale.Server.Operations;
using Skytale.Server.Relay;
using Skytale.Server.SlimProxy;
using Skytale.Sqlite;

namespace Skytale.Server;

/// <summary>One server process: the roles that the configuration names, on one database and one certificate.</summary>
public sealed class ServerHost : IAsyncDisposable
{
    /// <summary>Every role: a name, what it adds before the start and what it maps.</summary>
    private static readonly Dictionary<string, (Action<WebApplicationBuilder, ServerOptions, CurrentCertificate> Add, Action<WebApplication> Map)> Roles = new()
    {
        ["api"] = (ApiRole.AddApiRole, ApiRole.MapApiRole),
        ["relay"] = (RelayRole.AddRelayRole, _ => { }),
        ["slim"] = (SlimProxyRole.AddSlimProxyRole, _ => { }),
    };

    /// <summary>Every role's name.</summary>
    internal static IReadOnlyCollection<string> RoleNames => Roles.Keys;

    private readonly WebApplication _app;
    private readonly LocalDescription _local;
    private IDisposable? _describing;
    private bool _wasStarted;

    private ServerHost(WebApplication app, ServerOptions options)
    {
        _app = app;
        _local = new LocalDescription(options.Home);
        Options = options;
    }

    public ServerOptions Options { get; }

    public IServiceProvider Services => _app.Services;

    /// <summary>The certificate that is shown now.</summary>
    public ServerCertificate Certificate => Services.GetRequiredService<CurrentCertificate>().Value;

    /// <summary>Where the API listens, with the port that the system chose when port 0 was asked for. Known after the start, where the role is served.</summary>
    public Uri ApiUrl => new(Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>Reads the configuration (appsettings.json, environment, arguments) and composes the server; nothing listens yet.</summary>
    /// <param name="args">Arguments, such as <c>--Api:Listen=127.0.0.1:0</c>.</param>
    /// <param name="time">The clock; null: the system's.</param>
    /// <param name="channels">The channel log, the host's to dispose; null: the configuration's.</param>
    /// <exception cref="SettingsException">The configuration is wrong; the message names the key.</exception>
    public static async Task<ServerHost> BuildAsync(string[] args, TimeProvider? time = null, IChannelLog? channels = null, CancellationToken cancellationToken = default)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        var options = ServerOptions.Read(builder.Configuration, Roles.Keys);
        var clock = time ?? TimeProvider.System;

        PrivateFile.CreateFolder(options.Home);
        PrivateFile.CreateFolder(options.Data);
        var certificate = new CurrentCertificate(ReadCertificate(options, clock));
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(clock);
        builder.Services.AddSingleton(certificate);
        builder.Services.AddSingleton<RelayAddress>();
        if (options.Certificate.Path is not null)
            builder.Services.AddHostedService<CertificateReload>();
        builder.Services.AddSkytaleApplication();
        builder.Services.AddSingleton(options.CallerRates).AddSingleton(options.AdminPolicy);
        var postgres = await PostgresStart.OpenAsync(options, cancellationToken);
        builder.Services.AddSkytalePersistence(postgres, options.DatabasePath);
        builder.Services.AddSkytaleSecurity(options.Argon2, options.Token, options.SigningKeyPath);
        if (options.ServesApi || options.ServesRelay)
            builder.Services.AddHostedService<TokenKeyHost>(); // Before those that check tokens.
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);

        foreach (var role in options.Roles)
            Roles[role].Add(builder, options, certificate);
        if (options.ServesRelay || (options.ServesApi && options.Postgres is not null)) // The API shows administrators what there is.
        {
            var log = channels ?? await OpenChannelLogAsync(postgres, options, clock);
            builder.Services.AddSingleton(_ => log); // By a factory, so that it is disposed with the others.
        }
        Operating.Add(builder, options); // Behind the roles: the API's address is the server's first.
        var app = builder.Build();
        app.Services.GetService<PostgresSource>(); // Before all that use it, so that it is disposed behind them.
        PostgresStart.WarnIfExposed(options, app.Logger);
        OperationsListener.Map(app, options.Operations);
        foreach (var role in options.Roles)
            Roles[role].Map(app);

        // Now rather than at the first request: a server that cannot sign or store does not start.
        if (options.ServesApi)
            app.Services.GetRequiredService<TokenSigner>();
        app.Services.GetService<IChannelLog>();
        await app.Services.GetRequiredService<DatabaseMigrator>().MigrateAsync(cancellationToken);
        return new ServerHost(app, options);
    }

    /// <summary>The program: runs until SIGTERM or Ctrl+C, or does what the first argument says and ends.</summary>
    /// <param name="args">As for <see cref="BuildAsync"/>; <c>migrate</c>, <c>keys</c> or <c>admin</c> before them.</param>
    /// <param name="channels">As for <see cref="BuildAsync"/>.</param>
    /// <returns>The process's exit code: 0 after a clean stop, 1 when the server could not start, 2 for a wrong configuration.</returns>
    public static async Task<int> RunAsync(string[] args, IChannelLog? channels = null)
    {
        try
        {
            return args switch
            {
                [KeyCommands.Name, ..] => await KeyCommands.RunAsync(args, Console.Out, Console.Error, TimeProvider.System, CancellationToken.None),
                [AdminCommands.Name, ..] => await AdminCommands.RunAsync(args, Console.Out, Console.Error, TimeProvider.System, CancellationToken.None),
                ["migrate", .. var settings] => await MigrateAsync(settings),
                _ => await ServeAsync(args, channels),
            };
        }
        catch (SettingsException wrong)
        {
            await Console.Error.WriteLineAsync($"skytale-server: {wrong.Message}");
            return 2;
        }
        catch (Exception failure) when (failure is IOException or InvalidDataException or UnauthorizedAccessException or SqliteStoreException or System.Data.Common.DbException or CryptographicException or TransportException or ChannelLogException)
        {
            await Console.Error.WriteLineAsync($"skytale-server: cannot start: {failure.Message}");
            return 1;
        }
    }

    private static async Task<int> ServeAsync(string[] args, IChannelLog? channels)
    {
        await using var host = await BuildAsync(args, channels: channels);
        await host.StartAsync();
        foreach (var line in host.Describe())
            Console.WriteLine(line);
        if (host.Options.EndWithInput)
            _ = host.StopWithInputAsync();
        await host._app.WaitForShutdownAsync();
        return 0;
    }

    // A read of standard input cannot be cancelled: it ends with the process.
    private async Task StopWithInputAsync()
    {
        var input = Console.OpenStandardInput();
        var rest = new byte[256];
        while (await input.ReadAsync(rest) > 0)
        {
            // What it holds is nothing to the server.
        }
        _app.Lifetime.StopApplication();
    }

    /// <summary>What a start does to the databases, and no more.</summary>
    private static async Task<int> MigrateAsync(string[] args)
    {
        await using var host = await BuildAsync(args);
        Console.WriteLine("The databases are as this version needs them.");
        return 0;
    }

    /// <summary>Listens, and writes <c>local.json</c>.</summary>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        _wasStarted = true; // Also where it fails half-way.
        await _app.StartAsync(cancellationToken);
        WriteLocal(Certificate);
        _describing = Services.GetRequiredService<CurrentCertificate>().AddUser(WriteLocal);
    }

    /// <summary>Stops what runs and removes <c>local.json</c>.</summary>
    public async ValueTask DisposeAsync()
    {
        _describing?.Dispose();
        _local.Remove();
        // What runs is over before what it uses is disposed; disposal alone would not wait for it.
        if (_wasStarted && !_app.Lifetime.ApplicationStopped.IsCancellationRequested)
            await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private void WriteLocal(ServerCertificate certificate) =>
        _local.Write(Options.ServesApi ? ApiUrl : null, certificate.Sha256, Services.GetRequiredService<RelayAddress>());

    /// <summary>One line an endpoint, and the certificate's fingerprint.</summary>
    private IEnumerable<string> Describe()
    {
        var relay = Services.GetRequiredService<RelayAddress>();
        if (Options.ServesApi)
            yield return $"api          {ApiUrl.GetLeftPart(UriPartial.Authority)}";
        if (Options.ServesRelay)
            yield return $"relay        {TransportLimits.ApplicationProtocol} over {string.Join(" and ", Options.RelayTransports.Select(kind => kind.InWords()))}, {relay.Host}:{relay.Port} as {relay.Name}";
        if (Options.ServesSlim)
            yield return $"slim         {Services.GetRequiredService<SlimProxyHost>().Describe()}";
        yield return $"certificate  sha256 {Certificate.Sha256}";
        yield return $"database     {(Options.Postgres is null ? Options.DatabasePath : "postgres")}";
        if (Options.ServesRelay)
            yield return $"channels     {Services.GetRequiredService<IChannelLog>() switch { EmbeddedChannelLog => ChannelFolder(Options), PostgresChannelLog => "postgres", MemoryChannelLog => "memory", var given => given.GetType().Name }}";
    }

    private static string ChannelFolder(ServerOptions options) => Path.Combine(options.Data, "channels");

    private static async Task<IChannelLog> OpenChannelLogAsync(PostgresSource? postgres, ServerOptions options, TimeProvider time) =>
        options.LogInMemory ? new MemoryChannelLog()
        : postgres is not null ? await PostgresChannelLog.OpenAsync(postgres.Connections)
        : new EmbeddedChannelLog(ChannelFolder(options), time);

    private static ServerCertificate ReadCertificate(ServerOptions options, TimeProvider time)
    {
        if (options.Certificate.Path is not { } path)
            return ServerCertificate.LoadOrCreate(Path.Combine(options.Data, "certificate.pem"), options.CertificateNames, time);
        try
        {
            return ServerCertificate.Load(path, options.Certificate.KeyPath, options.Certificate.Password);
        }
        catch (CryptographicException exception)
        {
            throw new SettingsException("Certificate:Path", $"{path} cannot be used: {exception.Message}");
        }
    }
}
