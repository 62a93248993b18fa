using Microsoft.AspNetCore.Hosting.Server;
using Skytale.Server.Certificates;
using Skytale.Server.Relay;

namespace Skytale.Server.SlimProxy;

/// <summary>The SLIM proxy's role: SLIM's data plane on an address of its own, bridged to a relay.</summary>
internal static class SlimProxyRole
{
    public static void AddSlimProxyRole(WebApplicationBuilder builder, ServerOptions options, CurrentCertificate certificate)
    {
        builder.Services.AddSingleton<SlimProxyHost>();
        builder.Services.AddHostedService(services => services.GetRequiredService<SlimProxyHost>());
        if (!options.SpeaksHttp)
            builder.Services.AddSingleton<IServer, NoHttpServer>();
    }
}
