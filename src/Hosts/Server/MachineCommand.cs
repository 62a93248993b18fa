using Skytale.Persistence;
using Skytale.Security;

namespace Skytale.Server;

/// <summary>What a command beside the server works on: its database, brought up to this version, and its keys, found by the same settings.</summary>
internal static class MachineCommand
{
    /// <param name="args">As they came: those that begin with <c>--</c> are the settings.</param>
    /// <exception cref="SettingsException">A setting is wrong.</exception>
    public static async Task<ServiceProvider> OpenAsync(IEnumerable<string> args, TimeProvider time, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder([.. args.Where(IsSetting)]);
        var options = ServerOptions.Read(builder.Configuration, ServerHost.RoleNames);
        var services = new ServiceCollection()
            .AddSingleton(time)
            .AddSkytalePersistence(await PostgresStart.OpenAsync(options, cancellationToken), options.DatabasePath)
            .AddSkytaleSecurity(options.Argon2, options.Token, options.SigningKeyPath)
            .BuildServiceProvider();
        await services.GetRequiredService<DatabaseMigrator>().MigrateAsync(cancellationToken);
        return services;
    }

    public static bool IsSetting(string arg) => arg.StartsWith("--", StringComparison.Ordinal);
}
