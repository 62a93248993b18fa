using Skytale.Protocol.Envelopes;

namespace Skytale.Conformance;

/// <summary>Envelopes compared field by field: as records they compare their bytes and maps by reference.</summary>
public static class EnvelopeShould
{
    public static void ShouldBeSame(this Envelope actual, Envelope expected)
    {
        actual.Source.ShouldBe(expected.Source);
        actual.Destination.ShouldBe(expected.Destination);
        actual.Identity.ShouldBe(expected.Identity);
        (actual.Fanout, actual.Ttl, actual.Version, actual.IsError).ShouldBe((expected.Fanout, expected.Ttl, expected.Version, expected.IsError));
        actual.HeaderSignature?.ToArray().ShouldBe(expected.HeaderSignature?.ToArray());
        actual.HeaderSignature.HasValue.ShouldBe(expected.HeaderSignature.HasValue);
        actual.Session.ShouldBe(expected.Session);
        (actual.ContentKind, actual.PayloadType).ShouldBe((expected.ContentKind, expected.PayloadType));
        actual.Content.ToArray().ShouldBe(expected.Content.ToArray());
        actual.Metadata.ShouldBe(expected.Metadata, ignoreOrder: true);
        actual.Unknown.ToDictionary(pair => pair.Key, pair => Convert.ToHexString(pair.Value.Span))
            .ShouldBe(expected.Unknown.ToDictionary(pair => pair.Key, pair => Convert.ToHexString(pair.Value.Span)), ignoreOrder: true);
    }
}
