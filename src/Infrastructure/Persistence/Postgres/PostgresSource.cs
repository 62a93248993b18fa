using System.Security.Authentication;
using System.Security.Cryptography;
using Npgsql;

namespace Skytale.Persistence.Postgres;

/// <summary>The connections of a process to Postgres: one pool, for accounts and channels. Where several hosts are named, to the one that takes writes.</summary>
public sealed class PostgresSource : IAsyncDisposable
{
    private readonly string _text;
    private readonly NpgsqlDataSource _pool;

    /// <param name="text">As <see cref="PostgresConnectionString.Complete"/> returns it.</param>
    public PostgresSource(string text)
    {
        _text = text;
        var settings = new NpgsqlConnectionStringBuilder(text);
        if (!settings.Host!.Contains(','))
        {
            Connections = _pool = NpgsqlDataSource.Create(settings);
            return;
        }
        settings.TargetSessionAttributes = null; // It is the source's to say.
        var hosts = new NpgsqlDataSourceBuilder(settings.ConnectionString).BuildMultiHost();
        _pool = hosts;
        Connections = hosts.WithTargetSession(TargetSessionAttributes.ReadWrite);
    }

    /// <summary>What connections are opened with.</summary>
    public NpgsqlDataSource Connections { get; }

    /// <summary>Connects once, to see whether the settings are right.</summary>
    /// <returns>Null, or what is wrong with the settings.</returns>
    /// <exception cref="NpgsqlException">The database is not there, or does not work: nothing that settings would mend.</exception>
    public async Task<string?> FindFaultAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await Connections.OpenConnectionAsync(cancellationToken);
            return null;
        }
        catch (PostgresException refused) when (refused.SqlState.StartsWith("28", StringComparison.Ordinal) || refused.SqlState == PostgresErrorCodes.InvalidCatalogName)
        {
            // Class 28 is authorization: the password, or a server that takes no such connection.
            var hint = refused.MessageText.Contains("no encryption", StringComparison.Ordinal) ? " It may want encryption: Ssl Mode=VerifyFull." : "";
            return $"the server refuses the connection: {refused.MessageText}.{hint}";
        }
        catch (Exception unread) when (Causes(unread).Any(cause => cause is CryptographicException or FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException))
        {
            return $"a certificate that it names cannot be read: {Causes(unread).Last().Message}";
        }
        catch (NpgsqlException refused) when (Causes(refused).Any(cause => cause is AuthenticationException))
        {
            return await IsOfThatAuthorityAsync(cancellationToken)
                ? "the server's certificate is for another name than Host says, which Ssl Mode=VerifyFull does not allow."
                : $"the server's certificate is not from whom Root Certificate says, or from nobody that this system trusts where it says nothing ({Causes(refused).Last().Message}).";
        }
        catch (NpgsqlException refused) when (refused.Message.Contains("SSL", StringComparison.Ordinal))
        {
            return $"Ssl Mode wants encryption, and the server has none: {refused.Message}";
        }
    }

    public ValueTask DisposeAsync() => _pool.DisposeAsync();

    /// <summary>The exception, what caused it, what caused that.</summary>
    private static IEnumerable<Exception> Causes(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
            yield return cause;
    }

    /// <summary>True when the certificate would do under any name. TLS alone does not tell the two faults apart.</summary>
    private async Task<bool> IsOfThatAuthorityAsync(CancellationToken cancellationToken)
    {
        var settings = new NpgsqlConnectionStringBuilder(_text);
        if (settings.SslMode != SslMode.VerifyFull)
            return false;
        (settings.SslMode, settings.Pooling, settings.TargetSessionAttributes) = (SslMode.VerifyCA, false, null);
        try
        {
            await using var source = NpgsqlDataSource.Create(settings);
            await using var connection = await source.OpenConnectionAsync(cancellationToken);
            return true;
        }
        catch (NpgsqlException)
        {
            return false; // The caller has said more of it.
        }
    }
}
