namespace Skytale.Accounts;

/// <summary>What is stored in a secret's place: an Argon2id hash as a PHC string (<c>$argon2id$v=19$m=…,t=…,p=…$salt$hash</c>).</summary>
/// <param name="Phc">The PHC string.</param>
public readonly record struct SecretHash(string Phc)
{
    /// <summary>A hash can be attacked offline: it is not printed either.</summary>
    public override string ToString() => "[redacted]";
}
