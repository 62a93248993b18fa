using Skytale.Tests.EndToEnd;

namespace Skytale.LivePeers.Tests.Slim;

/// <summary>
/// SLIM in earnest: a server of all roles, and beside it a second proxy in a process of its own on the same relay. Over TLS, for
/// the applications of an account.
/// </summary>
public sealed class Deployment : IAsyncLifetime
{
    private readonly ServerProcess _server = new();
    private ProxyProcess? _second;
    private string _ownCertificate = "";

    /// <summary>Whose the agents "alice" and "bob" are.</summary>
    internal Customer Customer { get; private set; } = null!;

    /// <summary>Where the server's own proxy listens.</summary>
    internal string Endpoint { get; private set; } = "";

    internal ProxyProcess Second => _second ?? throw new InvalidOperationException("Not started.");

    public async ValueTask InitializeAsync()
    {
        _second = await ProxyProcess.CreateAsync();
        await _server.InitializeAsync($"--Relay:SlimProxies={_second.Key}");
        await _second.StartAsync(_server);
        Endpoint = $"https://localhost:{await _server.SlimPortAsync()}";
        _ownCertificate = Pem.CertificateOf(Path.Combine(_server.Home, "server", "certificate.pem"));
        Customer = await Customer.SignUpAsync(_server);
    }

    /// <summary>Trusts whichever proxy, and shows nothing.</summary>
    internal Credentials Nothing => new(Ca: $"{_ownCertificate}\n{Second.Certificate}\n");

    /// <summary>Shows a token for the agent.</summary>
    internal async Task<Credentials> BearerAsync(string agent = "alice") => Nothing with { TokenFile = await Customer.TokenFileAsync(agent, "slim") };

    /// <summary>Shows the API key.</summary>
    internal Credentials Basic(string agent = "alice") => Nothing with { User = agent, Password = Customer.ApiKey };

    /// <summary>A name of the customer's organisation that no other test has.</summary>
    internal string Unique(string application) => $"{Customer.Org}/ns/{application}-{Guid.NewGuid():n}";

    /// <summary>An application of the customer's at one of the proxies.</summary>
    internal async Task<SlimApplication> ConnectAsync(string endpoint, string application) => await SlimApplication.ConnectAsync(endpoint, Unique(application), await BearerAsync());

    public async ValueTask DisposeAsync()
    {
        if (Customer is not null)
            await Customer.DisposeAsync();
        if (_second is not null)
            await _second.DisposeAsync();
        await _server.DisposeAsync();
    }
}
