using Skytale.Mls.Crypto;
using Skytale.Mls.KeyPackages;
using Skytale.Mls.Messages;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Proposals;

/// <summary>§12.1: what makes each proposal of a list valid by itself, in the group's state before the commit.</summary>
internal static class ProposalChecks
{
    /// <param name="usage">What resumption PSKs may be for: application, or what the first commit of a group continues it by.</param>
    /// <exception cref="MlsException">The rule that a proposal breaks.</exception>
    public static void Check(
        ProposalList list, RatchetTree tree, CipherSuite suite, GroupContext context, LifetimePolicy lifetimes,
        ResumptionPskUsage usage = ResumptionPskUsage.Application)
    {
        foreach (var removed in list.Removes)
        {
            // §12.1.3: invalid if the removed field does not identify a non-blank leaf node.
            if (tree[removed] is null)
                throw new MlsException(MlsError.BlankLeafProposal, $"leaf {removed} is removed");
        }
        foreach (var (index, leaf) in list.Updates)
            CheckUpdate(index, leaf, tree, suite, context);
        foreach (var psk in list.Psks)
            CheckPsk(psk, suite, usage);

        // §8.3: the kem_output is a point of the suite's group.
        if (list.ExternalInit is { } externalInit && !suite.IsValidPublicKey(externalInit.KemOutput))
            throw new MlsException(MlsError.InvalidPublicKey, "ExternalInit");

        // §12.1.5: invalid if the version field is less than the version for the current group.
        if (list.ReInit is { } reInit && reInit.Version < ProtocolVersion.Mls10)
            throw new MlsException(MlsError.InvalidProposal, $"ReInit to version {(ushort)reInit.Version}");

        // §12.1.1: invalid if the KeyPackage is invalid according to §10.1.
        Batch.CheckAll(list.Adds.Count, i => ValidatedKeyPackage.Check(list.Adds[i], suite, lifetimes));
    }

    // §12.1.2, §7.3: source update, another encryption key than before, a signature for this place.
    private static void CheckUpdate(LeafIndex index, LeafNode leaf, RatchetTree tree, CipherSuite suite, GroupContext context)
    {
        var current = tree[index] ?? throw new MlsException(MlsError.BlankLeafProposal, $"leaf {index} is updated");
        if (leaf.Source != LeafNodeSource.Update)
            throw new MlsException(MlsError.WrongLeafNodeSource, $"{leaf.Source} in an Update");
        if (leaf.EncryptionKey == current.EncryptionKey)
            throw new MlsException(MlsError.PathKeyReused, $"leaf {index} keeps its encryption key in an Update");
        LeafChecks.CheckKeysAndSignature(leaf, suite, context.GroupId, index);
    }

    // §12.1.4: usages reinit and branch belong to other procedures; the nonce has KDF.Nh bytes.
    private static void CheckPsk(PreSharedKeyId psk, CipherSuite suite, ResumptionPskUsage usage)
    {
        if (psk.Nonce.Length != suite.HashSize)
            throw new MlsException(MlsError.InvalidPsk, $"a nonce of {psk.Nonce.Length} bytes");
        if (psk is ResumptionPskId { Usage: not ResumptionPskUsage.Application } resumption && resumption.Usage != usage)
            throw new MlsException(MlsError.InvalidPsk, $"usage {resumption.Usage} in an ordinary commit");
    }
}
