namespace Skytale.Testing;

/// <summary>What a test server may be told; everything has a default.</summary>
public sealed class SkytaleTestServerOptions
{
    /// <summary>
    /// The server's program: <c>skytale-server.dll</c>, or an executable. Null: <c>SKYTALE_SERVER_PROGRAM</c>, else the one that this
    /// package put beside the tests.
    /// </summary>
    public string? ServerProgram { get; set; }

    /// <summary>Further settings of the server, each <c>--Key=value</c>; they count before this package's own.</summary>
    public IList<string> Settings { get; } = [];

    /// <summary>The name of the organisation that the account gets; null: a random one.</summary>
    public string? Org { get; set; }

    /// <summary>How long the server may take to start.</summary>
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Called with each line that the server writes, from another thread; null: they are kept for a failure's message.</summary>
    public Action<string>? OnLine { get; set; }
}
