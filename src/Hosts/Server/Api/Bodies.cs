namespace Skytale.Server.Api;

// What the API reads, in snake_case. A field with a default may be left out; that one without is there its validator sees to.

internal sealed record AccountBody(string? Email, string? Password, string? Org = null);

internal sealed record SessionBody(string? Email, string? Password);

internal sealed record PasswordBody(string? Password, string? NewPassword);

internal sealed record CloseBody(string? Password);

internal sealed record OrgBody(string? Name);

internal sealed record KeyBody(string? Name = null, IReadOnlyList<string?>? Scopes = null);

internal sealed record AgentBody(string? Name, string? AgentId, string? Proof);

internal sealed record TokenBody(string? Agent, string? Audience = null, IReadOnlyList<string?>? Scopes = null);
