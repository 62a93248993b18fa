using Skytale.Fuzz.Mls.Groups;
using Skytale.Fuzz.Mls.Running;
using Skytale.Mls.Codec;
using Skytale.Mls.Framing;
using Skytale.Mls.PublicGroups;

namespace Skytale.Fuzz.Mls.Targets;

/// <summary>Any bytes at the Delivery Service: a handshake message that is verified, then staged or kept.</summary>
internal sealed class ObserverTarget(FuzzGroup group) : FuzzTarget(group)
{
    private PublicGroup _observer = group.Observer();

    public override IReadOnlyList<byte[]> Seeds { get; } = Corpus.Encode(Corpus.PublicMessages(group));

    public override void Take(byte[] input)
    {
        var verified = _observer.Verify(Tls.Decode<PublicMessage>(input));
        if (verified.Content.Body is CommitBody)
            _observer.Stage(verified);
        else
            _observer.Keep(verified);
    }

    public override byte[] State() => _observer.Serialize().Span.ToArray();

    public override void Reset() => _observer = Group.Observer();
}
