using FluentValidation;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Skytale.Accounts;
using Skytale.Application.Accounts;
using Skytale.Application.Admin;
using Skytale.Application.Delivery;
using Skytale.Application.Limits;
using Skytale.Application.Names;
using Skytale.Application.Nodes;
using Skytale.Application.Pipeline;
using Skytale.Channels;
using Skytale.Names;

namespace Skytale.Application;

/// <summary>Registers every use case. MediatR 5 brings no scan of its own; this is the only place that knows.</summary>
public static class ApplicationRegistration
{
    /// <summary>The name under which use cases are traced.</summary>
    public const string ActivitySourceName = "Skytale.Application";

    /// <summary>
    /// Adds handlers, validators and the pipeline. The host adds the ports (<c>Ports/</c>) and a <see cref="TimeProvider"/>.
    /// </summary>
    public static IServiceCollection AddSkytaleApplication(this IServiceCollection services)
    {
        services.AddTransient<ServiceFactory>(provider => provider.GetRequiredService);
        services.AddTransient<IMediator, Mediator>();

        // Outermost first.
        services.AddTransient(typeof(IPipelineBehavior<,>), typeof(TracingBehavior<,>));
        services.AddTransient(typeof(IPipelineBehavior<,>), typeof(ValidationBehavior<,>));

        foreach (var type in typeof(ApplicationRegistration).Assembly.GetTypes().Where(type => type is { IsClass: true, IsAbstract: false, IsGenericType: false }))
        {
            foreach (var contract in type.GetInterfaces().Where(IsUseCasePart))
                services.AddTransient(contract, type);
        }

        services.AddSingleton<Quota>();
        services.AddSingleton<CallerRates>();
        services.AddSingleton<CallerLimits>();
        services.AddTransient<CallerCheck>();
        services.AddTransient<OnceOnly>();
        services.AddTransient<AdminCheck>();
        services.AddTransient<ChannelShelf>();
        services.AddSingleton(new AdminPolicy());

        // The relay's channels in use; what lasts is in the log.
        services.AddSingleton<ChannelLimits>();
        services.AddSingleton<ActiveChannels>();
        services.AddSingleton<KeyPackagePools>();
        services.AddSingleton<JoinRequests>();
        services.AddSingleton<ChannelTails>();
        services.AddSingleton<ClosedChannels>();
        services.AddSingleton<ConnectedAgents>();
        services.AddSingleton<UnusedChannels>();
        services.AddSingleton<ChannelUpkeep>();
        services.AddSingleton<RevokedCallers>();
        services.AddSingleton<ThisNode>();
        services.AddSingleton<Traffic>();
        services.AddSingleton<LiveConnections>();
        services.AddSingleton<NodeReport>();
        services.AddSingleton<NameLimits>();
        services.AddSingleton<ActiveNames>();
        return services;
    }

    private static bool IsUseCasePart(Type contract) => contract.IsGenericType
        && (contract.GetGenericTypeDefinition() == typeof(IRequestHandler<,>) || contract.GetGenericTypeDefinition() == typeof(IValidator<>));
}
