using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Skytale.Sdk;
using Skytale.Sdk.DependencyInjection;

// Where users of dependency injection look for it.
namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Agents as services.</summary>
public static class SkytaleServiceCollectionExtensions
{
    /// <summary>
    /// Adds one agent: <see cref="SkytaleAgentSource"/>, which hands it out once it is connected. The host connects it when it starts and
    /// disposes it when it stops; its options are checked at the start.
    /// </summary>
    /// <param name="services">Where to.</param>
    /// <param name="configure">Sets the options; null: everything by default.</param>
    public static IServiceCollection AddSkytale(this IServiceCollection services, Action<SkytaleAgentOptions>? configure = null)
    {
        Add(services, Options.Options.DefaultName, configure, configuration: null);
        services.TryAddSingleton(provider => provider.GetRequiredKeyedService<SkytaleAgentSource>(Options.Options.DefaultName));
        return services;
    }

    /// <summary>As <see cref="AddSkytale(IServiceCollection, Action{SkytaleAgentOptions})"/>, with options from a section such as <c>Skytale</c>.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="configuration">Has Name, ApiKey, Server, Certificate, Home, Passphrase or Keyring (<see cref="StoreKey.FromKeyring"/>) and Transport, each or not.</param>
    public static IServiceCollection AddSkytale(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        Add(services, Options.Options.DefaultName, configure: null, configuration);
        services.TryAddSingleton(provider => provider.GetRequiredKeyedService<SkytaleAgentSource>(Options.Options.DefaultName));
        return services;
    }

    /// <summary>Adds an agent under a key, one of several: ask for it by <c>[FromKeyedServices(key)]</c>.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="key">The key, and the agent's name unless <paramref name="configure"/> sets another.</param>
    /// <param name="configure">Sets the options; null: everything by default.</param>
    public static IServiceCollection AddKeyedSkytale(this IServiceCollection services, string key, Action<SkytaleAgentOptions>? configure = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        Add(services, key, options =>
        {
            options.Name = key;
            configure?.Invoke(options);
        }, configuration: null);
        return services;
    }

    private static void Add(IServiceCollection services, string key, Action<SkytaleAgentOptions>? configure, IConfiguration? configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SkytaleAgentOptions>, ValidateAgentOptions>());
        var options = services.AddOptions<SkytaleAgentOptions>(key);
        if (configuration is not null)
            options.Configure(bound => AgentConfiguration.Read(configuration, bound));
        if (configure is not null)
            options.Configure(configure);
        options.PostConfigure<IServiceProvider>((set, provider) =>
        {
            set.Logging ??= provider.GetService<ILoggerFactory>();
            set.Time ??= provider.GetService<TimeProvider>();
        });
        services.AddKeyedSingleton(key, (provider, _) => new SkytaleAgentSource(() => provider.GetRequiredService<IOptionsMonitor<SkytaleAgentOptions>>().Get(key)));
        services.AddSingleton<IHostedService>(provider => new AgentHost(provider.GetRequiredKeyedService<SkytaleAgentSource>(key)));
    }
}
