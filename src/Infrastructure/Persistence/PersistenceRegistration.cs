using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Skytale.Application.Ports;
using Skytale.Persistence.Embedded;
using Skytale.Persistence.Postgres;

namespace Skytale.Persistence;

/// <summary>Registers the stores on one of the two databases.</summary>
public static class PersistenceRegistration
{
    /// <param name="services">Where to register.</param>
    /// <param name="postgres">The provider's to dispose from now on; null: the embedded database.</param>
    /// <param name="embeddedPath">The embedded database's file.</param>
    public static IServiceCollection AddSkytalePersistence(this IServiceCollection services, PostgresSource? postgres, string embeddedPath)
    {
        var open = postgres is null ? () => new EmbeddedContext(embeddedPath) : Pool(postgres);
        if (postgres is not null)
            services.AddSingleton(_ => postgres); // By a factory, so that it is disposed with the others.
        services.AddSingleton(open).AddSingleton<DatabaseMigrator>().AddSingleton<DatabaseProbe>();
        services.AddSingleton<IAccountStore, AccountStore>().AddSingleton<IRevocations, RevocationList>().AddSingleton<IPublishedKeys, PublishedKeys>();
        return services.AddSingleton<IAdminStore, AdminStore>().AddSingleton<IOverview, Overview>().AddSingleton<INodes, NodeStore>();
    }

    /// <summary>Contexts that are used again: what EF Core makes for a new one costs more than a read.</summary>
    private static Func<SkytaleContext> Pool(PostgresSource postgres)
    {
        var contexts = new PooledDbContextFactory<PostgresContext>(PostgresContext.Options);
        return () => contexts.CreateDbContext().On(postgres.Connections);
    }
}
