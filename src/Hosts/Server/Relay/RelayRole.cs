using Microsoft.AspNetCore.Hosting.Server;
using Skytale.Server.Certificates;

namespace Skytale.Server.Relay;

/// <summary>The relay's role: its own protocol alone, nothing over HTTP.</summary>
internal static class RelayRole
{
    public static void AddRelayRole(WebApplicationBuilder builder, ServerOptions options, CurrentCertificate certificate)
    {
        builder.Services.AddSingleton(options.Names).AddSingleton(_ => TrustedProxies(options));
        builder.Services.AddHostedService<UpkeepHost>(); // Before the relay: it is stopped after it.
        builder.Services.AddHostedService<RevocationHost>();
        builder.Services.AddHostedService<NodeHost>(); // Is stopped after the relay: it has nothing then.
        builder.Services.AddHostedService<RelayHost>();
        if (!options.SpeaksHttp)
            builder.Services.AddSingleton<IServer, NoHttpServer>();
    }

    /// <summary>Those that the configuration names; the slim role adds its own.</summary>
    private static SlimProxies TrustedProxies(ServerOptions options)
    {
        var proxies = new SlimProxies();
        foreach (var proxy in options.SlimProxies)
            proxies.Trust(proxy);
        return proxies;
    }
}
