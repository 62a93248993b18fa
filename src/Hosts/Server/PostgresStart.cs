using Skytale.Persistence.Postgres;

namespace Skytale.Server;

/// <summary>The connections to Postgres, where a server has one: tried once before anything else, so that a wrong setting is told by its name.</summary>
internal static partial class PostgresStart
{
    private const string Key = "ConnectionStrings:Postgres";

    /// <exception cref="SettingsException">Postgres does not let in whoever comes with these settings, or is not whom they name.</exception>
    /// <exception cref="System.Data.Common.DbException">It is not there.</exception>
    public static async Task<PostgresSource?> OpenAsync(ServerOptions options, CancellationToken cancellationToken)
    {
        if (options.Postgres is not { } text)
            return null;
        var source = new PostgresSource(text);
        try
        {
            return await source.FindFaultAsync(cancellationToken) is { } fault ? throw new SettingsException(Key, fault) : source;
        }
        catch
        {
            await source.DisposeAsync();
            throw;
        }
    }

    /// <summary>Reads the setting; null: the embedded database.</summary>
    public static string? Read(Settings settings)
    {
        if (settings.Optional(Key) is not { } text)
            return null;
        try
        {
            return PostgresConnectionString.Complete(text);
        }
        catch (FormatException wrong)
        {
            throw new SettingsException(Key, wrong.Message);
        }
    }

    /// <summary>Says where the way to Postgres is open to others.</summary>
    public static void WarnIfExposed(ServerOptions options, ILogger log)
    {
        if (options.Postgres is { } text && PostgresConnectionString.IsExposed(text))
            Exposed(log);
    }

    [LoggerMessage(LogLevel.Warning, "ConnectionStrings:Postgres leads to another machine with an Ssl Mode that checks nobody's certificate: whoever is on the way reads and answers in the database's place. Take Ssl Mode=VerifyFull")]
    private static partial void Exposed(ILogger log);
}
