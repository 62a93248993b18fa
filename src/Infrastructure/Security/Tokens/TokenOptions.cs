using Skytale.Application.Accounts;

namespace Skytale.Security.Tokens;

/// <summary>Who issues tokens, for whom and for how long.</summary>
public sealed record TokenOptions
{
    /// <summary>The audience of account tokens. No relay may have this name.</summary>
    public const string ApiAudience = "skytale-api";

    /// <summary>The audience of tokens for SLIM links. No relay may have this name.</summary>
    public const string SlimAudience = CreateToken.SlimAudience;

    /// <summary>The audience of administrators' tokens. No relay may have this name.</summary>
    public const string AdminAudience = "skytale-admin";

    /// <summary>The issuer (<c>iss</c>).</summary>
    public string Issuer { get; init; } = "skytale";

    /// <summary>The audience of agents' tokens: the relay's name.</summary>
    public required string RelayName { get; init; }

    public TimeSpan AgentTokenLifetime { get; init; } = TimeSpan.FromHours(1);

    public TimeSpan AccountTokenLifetime { get; init; } = TimeSpan.FromMinutes(15);

    public TimeSpan AdminTokenLifetime { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How long a key signs before another takes its place.</summary>
    public TimeSpan KeyAge { get; init; } = TimeSpan.FromDays(90);

    internal TimeSpan LongestLifetime => new[] { AgentTokenLifetime, AccountTokenLifetime, AdminTokenLifetime }.Max();
}
