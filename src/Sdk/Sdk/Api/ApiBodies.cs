namespace Skytale.Sdk.Api;

// What the API server reads: a null field is left out.

internal sealed record AccountBody(string Email, string Password, string? Org = null);

internal sealed record PasswordBody(string Password, string NewPassword);

internal sealed record CloseBody(string Password);

internal sealed record OrgBody(string Name);

internal sealed record KeyBody(string? Name, IReadOnlyList<string>? Scopes);

internal sealed record AgentBody(string Name, string AgentId, string Proof);

internal sealed record TokenBody(string Agent, string? Audience, IReadOnlyList<string>? Scopes);
