using System.Globalization;
using Skytale.Application.Ports;
using Skytale.Persistence;
using Skytale.Security;
using Skytale.Security.Tokens;

namespace Skytale.Server.Keys;

/// <summary><c>skytale-server keys list|rotate|end KEY</c>, with the configuration of the server beside which it runs. Servers follow within a second.</summary>
internal static class KeyCommands
{
    public const string Name = "keys";

    private const string Usage = "usage: skytale-server keys list | rotate | end KEY [--Data=FOLDER …]";

    /// <returns>The process's exit code: 0, 1 where there is no such key, 2 for a wrong command.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter errors, TimeProvider time, CancellationToken cancellationToken)
    {
        var words = args.Where(arg => !arg.StartsWith("--", StringComparison.Ordinal)).ToArray();
        if (words is not ([_, "list" or "rotate"] or [_, "end", _]))
        {
            await errors.WriteLineAsync(Usage);
            return 2;
        }
        var builder = WebApplication.CreateSlimBuilder([.. args.Where(arg => arg.StartsWith("--", StringComparison.Ordinal))]);
        var options = ServerOptions.Read(builder.Configuration, ServerHost.RoleNames);
        await using var services = new ServiceCollection()
            .AddSingleton(time)
            .AddSkytalePersistence(await PostgresStart.OpenAsync(options, cancellationToken), options.DatabasePath)
            .AddSkytaleSecurity(options.Argon2, options.Token, options.SigningKeyPath)
            .BuildServiceProvider();
        await services.GetRequiredService<DatabaseMigrator>().MigrateAsync(cancellationToken);
        var keys = services.GetRequiredService<IPublishedKeys>();
        switch (words)
        {
            case [_, "rotate"]:
                return await RotateAsync(keys, services.GetRequiredService<TokenSigner>(), output, cancellationToken);
            case [_, "end", var keyId]:
                if (await keys.EndAsync(keyId, time.GetUtcNow(), cancellationToken))
                    return 0;
                await errors.WriteLineAsync($"skytale-server: there is no key {keyId} that has not ended.");
                return 1;
            default:
                foreach (var key in await keys.ReadAsync(cancellationToken))
                    await output.WriteLineAsync($"{key.KeyId}  {Text(key.CreatedAt)}  {(key.EndsAt is { } end ? $"ends {Text(end)}" : "in use")}");
                return 0;
        }
    }

    private static async Task<int> RotateAsync(IPublishedKeys keys, TokenSigner signer, TextWriter output, CancellationToken cancellationToken)
    {
        await signer.KeepAsync(await keys.ReadAsync(cancellationToken), cancellationToken); // A key that was never published has nothing to be replaced in.
        await signer.RotateAsync(cancellationToken);
        await output.WriteLineAsync(signer.Public.Kid);
        return 0;
    }

    private static string Text(DateTimeOffset at) => at.ToString("u", CultureInfo.InvariantCulture);
}
