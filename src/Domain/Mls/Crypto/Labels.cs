namespace Skytale.Mls.Crypto;

/// <summary>Every label of RFC 9420, in the order of its sections; "MLS 1.0 " is put before them where the RFC says so.</summary>
public static class Labels
{
    /// <summary>§5.1.2, §5.1.3, §8: the prefix of signature, HPKE and KDF labels.</summary>
    public static ReadOnlySpan<byte> Prefix => "MLS 1.0 "u8;

    // §5.2 RefHash, used with no further prefix.
    public static ReadOnlySpan<byte> KeyPackageReference => "MLS 1.0 KeyPackage Reference"u8;
    public static ReadOnlySpan<byte> ProposalReference => "MLS 1.0 Proposal Reference"u8;

    // §5.1.2 SignWithLabel.
    public static ReadOnlySpan<byte> FramedContentTbs => "FramedContentTBS"u8;
    public static ReadOnlySpan<byte> LeafNodeTbs => "LeafNodeTBS"u8;
    public static ReadOnlySpan<byte> KeyPackageTbs => "KeyPackageTBS"u8;
    public static ReadOnlySpan<byte> GroupInfoTbs => "GroupInfoTBS"u8;

    // §5.1.3 EncryptWithLabel.
    public static ReadOnlySpan<byte> UpdatePathNode => "UpdatePathNode"u8;
    public static ReadOnlySpan<byte> Welcome => "Welcome"u8;

    // §7.4 path secrets.
    public static ReadOnlySpan<byte> Path => "path"u8;
    public static ReadOnlySpan<byte> Node => "node"u8;

    // §6.3.2, §9 secret tree and message keys.
    public static ReadOnlySpan<byte> Tree => "tree"u8;
    public static ReadOnlySpan<byte> Left => "left"u8;
    public static ReadOnlySpan<byte> Right => "right"u8;
    public static ReadOnlySpan<byte> Handshake => "handshake"u8;
    public static ReadOnlySpan<byte> Application => "application"u8;
    public static ReadOnlySpan<byte> Key => "key"u8;
    public static ReadOnlySpan<byte> Nonce => "nonce"u8;
    public static ReadOnlySpan<byte> Secret => "secret"u8;

    // §8 key schedule.
    public static ReadOnlySpan<byte> Joiner => "joiner"u8;
    public static ReadOnlySpan<byte> Member => "member"u8;
    public static ReadOnlySpan<byte> WelcomeSecret => "welcome"u8;
    public static ReadOnlySpan<byte> Epoch => "epoch"u8;
    public static ReadOnlySpan<byte> SenderData => "sender data"u8;
    public static ReadOnlySpan<byte> Encryption => "encryption"u8;
    public static ReadOnlySpan<byte> Exporter => "exporter"u8;
    public static ReadOnlySpan<byte> External => "external"u8;
    public static ReadOnlySpan<byte> Confirm => "confirm"u8;
    public static ReadOnlySpan<byte> Membership => "membership"u8;
    public static ReadOnlySpan<byte> Resumption => "resumption"u8;
    public static ReadOnlySpan<byte> Authentication => "authentication"u8;
    public static ReadOnlySpan<byte> Init => "init"u8;
    public static ReadOnlySpan<byte> Exported => "exported"u8;
    public static ReadOnlySpan<byte> DerivedPsk => "derived psk"u8;
    public static ReadOnlySpan<byte> ExternalInit => "MLS 1.0 external init secret"u8;
}
