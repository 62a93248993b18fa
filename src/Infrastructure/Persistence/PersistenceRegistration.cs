using Microsoft.Extensions.DependencyInjection;
using Skytale.Application.Ports;
using Skytale.Persistence.Embedded;
using Skytale.Persistence.Postgres;

namespace Skytale.Persistence;

/// <summary>Registers the stores on one of the two databases.</summary>
public static class PersistenceRegistration
{
    /// <param name="services">Where to register.</param>
    /// <param name="postgres">A connection string; null: the embedded database.</param>
    /// <param name="embeddedPath">The embedded database's file.</param>
    public static IServiceCollection AddSkytalePersistence(this IServiceCollection services, string? postgres, string embeddedPath)
    {
        Func<SkytaleContext> open = postgres is null ? () => new EmbeddedContext(embeddedPath) : () => new PostgresContext(postgres);
        services.AddSingleton(open).AddSingleton<DatabaseMigrator>().AddSingleton<DatabaseProbe>();
        services.AddSingleton<IAccountStore, AccountStore>().AddSingleton<IRevocations, RevocationList>().AddSingleton<IPublishedKeys, PublishedKeys>();
        return services.AddSingleton<IAdminStore, AdminStore>().AddSingleton<IOverview, Overview>().AddSingleton<INodes, NodeStore>();
    }
}
