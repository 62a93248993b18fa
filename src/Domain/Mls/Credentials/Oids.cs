namespace Skytale.Mls.Credentials;

/// <summary>Object identifiers in certificates.</summary>
internal static class Oids
{
    // RFC 8410 §3: keys and signatures alike.
    public const string Ed25519 = "1.3.101.112";
    public const string Ed448 = "1.3.101.113";

    // RFC 5480 §2.1.1.
    public const string EcPublicKey = "1.2.840.10045.2.1";
    public const string P256 = "1.2.840.10045.3.1.7";
    public const string P384 = "1.3.132.0.34";
    public const string P521 = "1.3.132.0.35";

    // RFC 5758 §3.2.
    public const string EcdsaWithSha256 = "1.2.840.10045.4.3.2";
    public const string EcdsaWithSha384 = "1.2.840.10045.4.3.3";
    public const string EcdsaWithSha512 = "1.2.840.10045.4.3.4";

    // RFC 8017 §A.2.4, RFC 3279 §2.3.1.
    public const string RsaEncryption = "1.2.840.113549.1.1.1";
    public const string RsaWithSha256 = "1.2.840.113549.1.1.11";
    public const string RsaWithSha384 = "1.2.840.113549.1.1.12";
    public const string RsaWithSha512 = "1.2.840.113549.1.1.13";

    // RFC 5280 §4.2.1.
    public const string KeyUsage = "2.5.29.15";
    public const string SubjectAltName = "2.5.29.17";
    public const string BasicConstraints = "2.5.29.19";
}
