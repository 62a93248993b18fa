namespace Skytale.Mls.Credentials;

/// <summary>
/// §5.3.1: the application's Authentication Service: true when the credential legitimately says who its client is, belongs
/// to the signature key, names somebody whom the application wants there, and, where it replaces another, may succeed it.
/// Asked for every credential that is new to the group, before the state changes; must be a pure function of the question
/// and what the application knows, since other members answer the same question.
/// </summary>
/// <remarks>That an X.509 chain is well formed and ends in the signature key is checked before, by <see cref="X509Chains"/>.</remarks>
public delegate bool AcceptCredential(CredentialQuestion question);
