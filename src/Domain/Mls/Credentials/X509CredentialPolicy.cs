using System.Collections.Immutable;
using Skytale.Mls.Codec;

namespace Skytale.Mls.Credentials;

/// <summary>
/// A ready judgement of X.509 credentials (§5.3.1), after RFC 5280 §6: the chain leads to a trust anchor, every
/// certificate of it is valid now and has no critical extension that is not understood, every issuer is an authority, and
/// a credential that replaces another has the same subject and alternative names. Whether that subject is wanted in the
/// group, and revocation, are for the application to add.
/// </summary>
/// <remarks>Understood are basicConstraints, keyUsage and subjectAltName; names are compared by their bytes.</remarks>
public sealed class X509CredentialPolicy
{
    private readonly ParsedCertificate[] _anchors;
    private readonly DateTimeOffset _now;

    /// <param name="trustAnchors">DER certificates, one each: of authorities, or of single end entities.</param>
    /// <param name="now">The time at which certificates must be valid.</param>
    /// <exception cref="MlsException"><see cref="MlsError.CredentialRefused"/>: an anchor is no certificate.</exception>
    public X509CredentialPolicy(ImmutableArray<Opaque> trustAnchors, DateTimeOffset now)
    {
        _anchors = [.. trustAnchors.Select(ParsedCertificate.Parse)];
        _now = now;
    }

    /// <summary>The judgement, as an <see cref="AcceptCredential"/>; false for credentials that are not X.509.</summary>
    public bool Accept(CredentialQuestion question)
    {
        try
        {
            return question.Credential is X509Credential credential
                && X509Chains.Parse(credential) is var chain
                && LeadsToAnchor(chain)
                && (question.Previous is null || IsSuccessor(chain[0], question.Previous));
        }
        catch (MlsException e) when (e.Error == MlsError.CredentialRefused)
        {
            // A certificate that cannot be read is one that is not accepted.
            return false;
        }
    }

    // RFC 5280 §6.1, from the end entity upwards: certificates behind the first that an anchor vouches for do not matter.
    private bool LeadsToAnchor(ParsedCertificate[] chain)
    {
        if (chain[0].Extensions.KeyUsage is { } usage && !usage.HasFlag(X509KeyUsage.DigitalSignature))
            return false;
        for (var i = 0; i < chain.Length; i++)
        {
            if (!IsUsable(chain[i]) || (i > 0 && !(IsAuthority(chain[i], below: i - 1) && X509Chains.Certifies(chain[i], chain[i - 1]))))
                return false;
            if (_anchors.Any(anchor => anchor.Encoded == chain[i].Encoded))
                return true;
            if (_anchors.Any(anchor => IsUsable(anchor) && IsAuthority(anchor, below: i) && X509Chains.Certifies(anchor, chain[i])))
                return true;
        }
        return false;
    }

    private bool IsUsable(ParsedCertificate certificate) =>
        certificate.NotBefore <= _now && _now <= certificate.NotAfter && certificate.Extensions.UnknownCritical is null;

    // §4.2.1.3, §4.2.1.9: an authority, by its basic constraints and, if it has one, its key usage, of so long a path.
    private static bool IsAuthority(ParsedCertificate certificate, int below)
    {
        var extensions = certificate.Extensions;
        return extensions.IsAuthority
            && (extensions.PathLength is not { } length || below <= length)
            && (extensions.KeyUsage is not { } usage || usage.HasFlag(X509KeyUsage.KeyCertSign));
    }

    // §5.3.1: the presented identifiers are a valid successor of the old ones: here, the same.
    private static bool IsSuccessor(ParsedCertificate endEntity, Credential previous)
    {
        if (previous is not X509Credential credential)
            return false;
        var before = X509Chains.Parse(credential)[0];
        return endEntity.Subject == before.Subject && endEntity.Extensions.SubjectAltName.Span.SequenceEqual(before.Extensions.SubjectAltName.Span);
    }
}
