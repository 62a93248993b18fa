using System.Collections.Immutable;
using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Framing;
using Skytale.Mls.Proposals;

namespace Skytale.Mls.PublicGroups;

/// <summary>§12.4: the proposals of an epoch that were sent on their own, in the order they came, as far as there is room.</summary>
internal sealed class KeptProposals
{
    /// <summary>How many an epoch keeps: anyone whom the group listens to can send one.</summary>
    public const int MaxCount = 4096;

    /// <summary>How many bytes they have together.</summary>
    public const int MaxBytes = 4 << 20;

    private readonly Dictionary<ProposalRef, AuthenticatedContent> _byReference = [];
    private readonly List<ProposalRef> _inOrder = [];
    private int _bytes;

    public ImmutableArray<KeptProposal> All => [.. _inOrder.Select(reference => Find(reference)!)];

    public KeptProposal? Find(ProposalRef reference) =>
        _byReference.TryGetValue(reference, out var sent) && sent.Content.Body is ProposalBody { Proposal: var proposal }
            ? new KeptProposal(reference, proposal, sent.Content.Sender)
            : null;

    /// <summary>Keeps a proposal; one that is kept already is not kept twice.</summary>
    /// <exception cref="MlsException"><see cref="MlsError.TooLarge"/>: the epoch has no room for more.</exception>
    public ProposalRef Keep(CipherSuite suite, AuthenticatedContent sent)
    {
        var encoded = Tls.Encode(sent);
        var reference = new ProposalRef(suite.RefHash(Labels.ProposalReference, encoded.Span));
        if (_byReference.ContainsKey(reference))
            return reference;
        if (_inOrder.Count == MaxCount || encoded.Length > MaxBytes - _bytes)
            throw new MlsException(MlsError.TooLarge, $"{_inOrder.Count} proposals of {_bytes} bytes are kept: commit first");
        _byReference.Add(reference, sent);
        _inOrder.Add(reference);
        _bytes += encoded.Length;
        return reference;
    }

    // AuthenticatedContent proposals<V>;
    public void WriteTo(TlsWriter writer) => writer.WriteVector([.. _inOrder.Select(reference => _byReference[reference])]);

    public static KeptProposals ReadFrom(ref TlsReader reader, CipherSuite suite)
    {
        var proposals = new KeptProposals();
        foreach (var sent in reader.ReadVector<AuthenticatedContent>())
            proposals.Keep(suite, sent);
        return proposals;
    }
}
