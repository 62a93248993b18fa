using System.Security.Cryptography;
using System.Text.Json;
using Skytale.Protocol.Envelopes;
using Skytale.SlimWire;

namespace Skytale.Slim.Tests.Wire;

public sealed class HeaderIntegrityTests
{
    [Fact]
    public void The_end_to_end_signature_of_the_real_client_holds_after_the_message_was_an_envelope()
    {
        var envelope = EnvelopeMapping.ToEnvelope(RealClient.Publish);
        IsSigned(envelope).ShouldBeTrue();
        IsSigned(EnvelopeMapping.ToEnvelope(EnvelopeMapping.ToMessage(envelope))).ShouldBeTrue();
        IsSigned(envelope with { Destination = envelope.Destination with { Text = null } }).ShouldBeFalse();
        IsSigned(envelope with { Session = envelope.Session with { MessageId = 1 } }).ShouldBeFalse();
        IsSigned(envelope with { PayloadType = "other" }).ShouldBeFalse();
    }

    /// <summary>Verifies as a receiving application does: by the key in the sender's identity token, whose fourth part holds its claims.</summary>
    private static bool IsSigned(Envelope envelope)
    {
        var claims = JsonDocument.Parse(Convert.FromBase64String(Padded(envelope.Identity.Split(':')[3]))).RootElement;
        var point = Convert.FromBase64String(claims.GetProperty("pubkey").GetString()!);
        using var key = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = point[1..33], Y = point[33..] } });
        return key.VerifyData(HeaderIntegrity.Aad(envelope), envelope.HeaderSignature!.Value.Span, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }

    private static string Padded(string base64Url) => base64Url.Replace('-', '+').Replace('_', '/').PadRight((base64Url.Length + 3) / 4 * 4, '=');
}
