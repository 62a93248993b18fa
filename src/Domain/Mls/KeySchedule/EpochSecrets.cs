using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;

namespace Skytale.Mls.KeySchedule;

/// <summary>
/// §8, table 4: what an epoch_secret derives, each KDF.Nh bytes. The encryption_secret is taken out once, to become the
/// secret tree, and is nowhere afterwards (§9.2).
/// </summary>
internal sealed class EpochSecrets : IDisposable
{
    private Secret? _encryption;

    internal EpochSecrets()
    {
    }

    /// <summary>sender_data_secret: §6.3.2.</summary>
    public required Secret SenderData { get; init; }

    /// <summary>exporter_secret: §8.5.</summary>
    public required Secret Exporter { get; init; }

    /// <summary>epoch_authenticator: §8.7.</summary>
    public required Secret EpochAuthenticator { get; init; }

    /// <summary>external_secret, whose key pair others may join by: §8.3.</summary>
    public required Secret External { get; init; }

    /// <summary>confirmation_key: §6.1.</summary>
    public required Secret Confirmation { get; init; }

    /// <summary>membership_key: §6.2.</summary>
    public required Secret Membership { get; init; }

    /// <summary>resumption_psk: §8.6.</summary>
    public required Secret Resumption { get; init; }

    /// <summary>init_secret for the next epoch.</summary>
    public required Secret Init { get; init; }

    /// <summary>Derives them all: DeriveSecret(epoch_secret, label).</summary>
    public static EpochSecrets Derive(CipherSuite suite, Secret epochSecret) => new()
    {
        _encryption = suite.DeriveSecret(epochSecret, Labels.Encryption),
        SenderData = suite.DeriveSecret(epochSecret, Labels.SenderData),
        Exporter = suite.DeriveSecret(epochSecret, Labels.Exporter),
        EpochAuthenticator = suite.DeriveSecret(epochSecret, Labels.Authentication),
        External = suite.DeriveSecret(epochSecret, Labels.External),
        Confirmation = suite.DeriveSecret(epochSecret, Labels.Confirm),
        Membership = suite.DeriveSecret(epochSecret, Labels.Membership),
        Resumption = suite.DeriveSecret(epochSecret, Labels.Resumption),
        Init = suite.DeriveSecret(epochSecret, Labels.Init),
    };

    /// <summary>encryption_secret, handed out once; the caller disposes it.</summary>
    /// <exception cref="InvalidOperationException">It was taken already.</exception>
    public Secret TakeEncryption()
    {
        var encryption = _encryption ?? throw new InvalidOperationException("The encryption_secret became the secret tree already.");
        _encryption = null;
        return encryption;
    }

    /// <summary>§8.1: confirmation_tag = MAC(confirmation_key, confirmed_transcript_hash).</summary>
    public Opaque ConfirmationTag(CipherSuite suite, Opaque confirmedTranscriptHash) => suite.Mac(Confirmation, confirmedTranscriptHash.Span);

    /// <summary>§6.2: membership_tag = MAC(membership_key, AuthenticatedContentTBM).</summary>
    public Opaque MembershipTag(CipherSuite suite, ReadOnlySpan<byte> authenticatedContentTbm) => suite.Mac(Membership, authenticatedContentTbm);

    /// <summary>§8.5: MLS-Exporter(Label, Context, Length) = ExpandWithLabel(DeriveSecret(exporter_secret, Label), "exported", Hash(Context), Length).</summary>
    /// <exception cref="MlsException"><see cref="MlsError.ExportTooLong"/>.</exception>
    public Secret Export(CipherSuite suite, ReadOnlySpan<byte> label, ReadOnlySpan<byte> context, int length)
    {
        using var derived = suite.DeriveSecret(Exporter, label);
        return suite.ExpandWithLabel(derived, Labels.Exported, suite.Hash(context).Span, length);
    }

    /// <summary>§8.3: the key pair that external joiners encrypt their init secret to.</summary>
    public HpkeKeyPair ExternalKeyPair(CipherSuite suite) => suite.DeriveKeyPair(External);

    /// <summary>Appends the secrets, without the encryption_secret.</summary>
    internal void WriteTo(TlsWriter writer)
    {
        foreach (var secret in InOrder)
            writer.WriteOpaque(secret.Span);
    }

    /// <summary>Reads what <see cref="WriteTo"/> wrote.</summary>
    internal static EpochSecrets ReadFrom(ref TlsReader reader) => new()
    {
        SenderData = Secret.Copy(reader.ReadOpaque().Span),
        Exporter = Secret.Copy(reader.ReadOpaque().Span),
        EpochAuthenticator = Secret.Copy(reader.ReadOpaque().Span),
        External = Secret.Copy(reader.ReadOpaque().Span),
        Confirmation = Secret.Copy(reader.ReadOpaque().Span),
        Membership = Secret.Copy(reader.ReadOpaque().Span),
        Resumption = Secret.Copy(reader.ReadOpaque().Span),
        Init = Secret.Copy(reader.ReadOpaque().Span),
    };

    public void Dispose()
    {
        _encryption?.Dispose();
        foreach (var secret in InOrder)
            secret.Dispose();
    }

    private IEnumerable<Secret> InOrder => [SenderData, Exporter, EpochAuthenticator, External, Confirmation, Membership, Resumption, Init];
}
