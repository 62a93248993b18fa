using System.Data.Common;
using System.Net;
using Npgsql;

namespace Skytale.Persistence.Postgres;

/// <summary><c>ConnectionStrings:Postgres</c>, with what a server needs where it says nothing.</summary>
public static class PostgresConnectionString
{
    private const string SslModeKey = "SSL Mode";

    /// <summary>
    /// What holds where the string says nothing: nobody waits long for a database that does not answer, a new primary is soon found,
    /// and what is asked often is planned once a connection.
    /// </summary>
    private static readonly Dictionary<string, int> s_defaults = new()
    {
        ["Timeout"] = 5,
        ["Command Timeout"] = 15,
        ["Keepalive"] = 10,
        ["Host Recheck Seconds"] = 2,
        ["Max Auto Prepare"] = 64,
    };

    /// <summary>The string with its defaults. To another machine the connection is encrypted and the server's certificate checked, unless the string says otherwise.</summary>
    /// <exception cref="FormatException">It cannot be used; the message says why, without what it holds.</exception>
    public static string Complete(string text)
    {
        var settings = TryRead(text) ?? throw new FormatException($"must be Npgsql's, such as Host=db.example.org;Username=skytale;Database=skytale; {WhatIsWrong(text)}.");
        if (string.IsNullOrWhiteSpace(settings.Host))
            throw new FormatException("names no Host.");
        if (settings.TargetSessionAttributes is { } target && target is not ("primary" or "read-write"))
            throw new FormatException("may say Target Session Attributes=primary or read-write: the server writes.");
        if (!IsSaid(settings, SslModeKey) && LeavesTheMachine(settings))
            settings.SslMode = SslMode.VerifyFull;
        foreach (var (key, value) in s_defaults.Where(each => !IsSaid(settings, each.Key)))
            settings[key] = value;
        return settings.ConnectionString;
    }

    /// <summary>
    /// True when what goes to the database can be read or answered by somebody on the way. Which name is in a certificate does not
    /// matter where an authority of one's own is named, which gives certificates to nobody else.
    /// </summary>
    public static bool IsExposed(string text)
    {
        var settings = new NpgsqlConnectionStringBuilder(text);
        return LeavesTheMachine(settings) && settings.SslMode != SslMode.VerifyFull && !(settings.SslMode == SslMode.VerifyCA && settings.RootCertificate is { Length: > 0 });
    }

    private static bool LeavesTheMachine(NpgsqlConnectionStringBuilder settings) => settings.Host!.Split(',', StringSplitOptions.TrimEntries).Any(IsElsewhere);

    /// <summary>A path, or an abstract name, is a socket of this machine.</summary>
    private static bool IsElsewhere(string host)
    {
        if (host.StartsWith('/') || host.StartsWith('@'))
            return false;
        if (IPEndPoint.TryParse(host, out var endPoint))
            return !IPAddress.IsLoopback(endPoint.Address);
        return !host.Split(':')[0].Equals("localhost", StringComparison.OrdinalIgnoreCase);
    }

    private static NpgsqlConnectionStringBuilder? TryRead(string text)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(text);
        }
        catch (Exception wrong) when (wrong is ArgumentException or FormatException or InvalidCastException or OverflowException)
        {
            return null; // Npgsql's own words repeat a part of the text.
        }
    }

    // A word that is unknown is not repeated: it may be the rest of a password.
    private static string WhatIsWrong(string text)
    {
        try
        {
            var known = new NpgsqlConnectionStringBuilder();
            var said = new DbConnectionStringBuilder { ConnectionString = text };
            foreach (var key in said.Keys.Cast<string>().Where(known.ContainsKey))
            {
                try
                {
                    known[key] = said[key];
                }
                catch (Exception wrong) when (wrong is InvalidCastException or FormatException or OverflowException or ArgumentException)
                {
                    return $"the value of {key} is none";
                }
            }
        }
        catch (ArgumentException)
        {
            // It cannot be taken apart.
        }
        return "a word in it is none of Npgsql's, or a value with ; or = in it, as a password may be, does not stand in single quotes";
    }

    private static bool IsSaid(NpgsqlConnectionStringBuilder settings, string key) => settings.Keys.Contains(key, StringComparer.OrdinalIgnoreCase);
}
