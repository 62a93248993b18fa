namespace Skytale.Server.Api;

// What the API reads, in snake_case. Which fields a request cannot do without its validator says.

internal sealed record AccountBody(string? Email, string? Password, string? Org);

internal sealed record SessionBody(string? Email, string? Password);

internal sealed record PasswordBody(string? Password, string? NewPassword);

internal sealed record CloseBody(string? Password);

internal sealed record OrgBody(string? Name);

internal sealed record KeyBody(string? Name, IReadOnlyList<string?>? Scopes);

internal sealed record AgentBody(string? Name, string? AgentId, string? Proof);

internal sealed record TokenBody(string? Agent, string? Audience, IReadOnlyList<string?>? Scopes);
