using Microsoft.Extensions.DependencyInjection;
using Skytale.Application.Ports;
using Skytale.Security.Argon2;
using Skytale.Security.Tokens;

namespace Skytale.Security;

/// <summary>Registers hashes and tokens.</summary>
public static class SecurityRegistration
{
    /// <param name="services">Where to register; a <see cref="TimeProvider"/> and the published keys are expected there.</param>
    /// <param name="argon2">The cost of hashes.</param>
    /// <param name="token">Who issues tokens, for whom.</param>
    /// <param name="signingKeyPath">The file of the key that this server signs tokens with; made when missing, by a server that signs.</param>
    public static IServiceCollection AddSkytaleSecurity(this IServiceCollection services, Argon2Options argon2, TokenOptions token, string signingKeyPath)
    {
        services.AddSingleton(argon2).AddSingleton(token);
        services.AddSingleton<Argon2Hasher>().AddSingleton<ISecretHasher>(provider => provider.GetRequiredService<Argon2Hasher>());
        services.AddSingleton<KnownKeys>();
        services.AddSingleton(provider => new TokenSigner(signingKeyPath, token, provider.GetRequiredService<IPublishedKeys>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ITokenIssuer>(provider => new TokenIssuer(token, provider.GetRequiredService<TokenSigner>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new TokenVerifier(token.Issuer, provider.GetRequiredService<KnownKeys>(), provider.GetRequiredService<TimeProvider>()));
        return services.AddSingleton<IAccountTokenVerifier>(provider => provider.GetRequiredService<TokenVerifier>());
    }
}
