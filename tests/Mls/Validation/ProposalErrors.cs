using Skytale.Mls.Codec;
using Skytale.Mls.Extensions;
using Skytale.Mls.Framing;
using Skytale.Mls.Messages;
using Skytale.Mls.Proposals;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Tests.Validation;

/// <summary>Each error of proposals and lists of them (§12.1, §12.2, §12.4), alone.</summary>
public sealed class ProposalErrors
{
    private readonly ForgedGroup _group = ForgedGroup.Of(4);
    private readonly ReInitProposal _reInit = new(Opaque.Copy("next"u8), ProtocolVersion.Mls10, Client.Suite.Id, ExtensionList.Empty);

    [Fact]
    [Fires(MlsError.InvalidProposal)]
    public void A_reinit_to_a_lower_version() =>
        _group.FiresAlone(MlsError.InvalidProposal, _group.CommitWithoutPath(0, _reInit with { Version = default }), _group.CommitWithoutPath(0, _reInit));

    [Fact]
    [Fires(MlsError.UnsupportedProposal)]
    public void A_proposal_of_a_type_that_nobody_knows()
    {
        var known = Tls.Encode<Proposal>(new SelfRemoveProposal()).Span.ToArray();
        Expect.FiresAlone(MlsError.UnsupportedProposal, () => Tls.Decode<Proposal>([0xf0, 0x0d]), () => Tls.Decode<Proposal>(known));
    }

    [Fact]
    [Fires(MlsError.UnknownProposalReference)]
    public void A_reference_that_names_nothing()
    {
        var kept = _group.Propose(1, _group.Update(1));
        _group.FiresAlone(MlsError.UnknownProposalReference, _group.CommitReferences(0, new ProposalRef(ForgedGroup.Tag())), _group.CommitReferences(0, kept));
    }

    [Fact]
    [Fires(MlsError.CommitterUpdatesItself)]
    public void An_update_of_the_committer()
    {
        var update = _group.Propose(1, _group.Update(1));
        _group.FiresAlone(MlsError.CommitterUpdatesItself, _group.CommitReferences(1, update), _group.CommitReferences(0, update));
    }

    [Fact]
    [Fires(MlsError.CommitterRemovesItself)]
    public void A_remove_of_the_committer()
    {
        var remove = new RemoveProposal(new LeafIndex(1));
        _group.FiresAlone(MlsError.CommitterRemovesItself, _group.Commit(1, remove), _group.Commit(0, remove));
    }

    [Fact]
    [Fires(MlsError.DuplicateLeafProposal)]
    public void An_update_and_a_remove_of_one_leaf()
    {
        var (update, remove, other) = (_group.Propose(1, _group.Update(1)), _group.Propose(2, new RemoveProposal(new LeafIndex(1))), _group.Propose(2, new RemoveProposal(new LeafIndex(3))));
        _group.FiresAlone(MlsError.DuplicateLeafProposal, _group.CommitReferences(0, update, remove), _group.CommitReferences(0, update, other));
    }

    [Fact]
    [Fires(MlsError.DuplicateAdd)]
    public void Two_adds_of_one_client()
    {
        var first = _group.Admit(new Client("twice"));
        var second = new AddProposal(new Client("twice", signer: first.Signer).KeyPackage);
        var other = _group.Adds(1)[0];
        _group.FiresAlone(MlsError.DuplicateAdd, _group.Commit(0, new AddProposal(first.KeyPackage), second), _group.Commit(0, new AddProposal(first.KeyPackage), other));
    }

    [Fact]
    [Fires(MlsError.DuplicatePsk)]
    public void One_psk_twice()
    {
        // The same key with another nonce is another PreSharedKeyID.
        var (first, second) = (Psk(ForgedGroup.Tag()), Psk(ForgedGroup.Tag()));
        _group.FiresAlone(MlsError.DuplicatePsk, _group.Commit(0, first, first), _group.Commit(0, first, second));
    }

    [Fact]
    [Fires(MlsError.InvalidPsk)]
    public void A_psk_whose_nonce_is_short() => _group.FiresAlone(
        MlsError.InvalidPsk, _group.Commit(0, Psk(Opaque.Copy(ForgedGroup.Tag().Span[1..]))), _group.Commit(0, Psk(ForgedGroup.Tag())));

    [Fact]
    [Fires(MlsError.DuplicateGroupContextExtensions)]
    public void Two_replacements_of_the_extensions()
    {
        var extensions = new GroupContextExtensionsProposal(ExtensionList.Empty);
        _group.FiresAlone(MlsError.DuplicateGroupContextExtensions, _group.Commit(0, extensions, extensions), _group.Commit(0, extensions));
    }

    [Fact]
    [Fires(MlsError.ReInitNotAlone)]
    public void A_reinit_beside_another_proposal() =>
        _group.FiresAlone(MlsError.ReInitNotAlone, _group.Commit(0, _reInit, Psk(ForgedGroup.Tag())), _group.Commit(0, _reInit));

    [Fact]
    [Fires(MlsError.MisplacedExternalInit)]
    public void An_external_init_of_a_member() =>
        _group.FiresAlone(MlsError.MisplacedExternalInit, _group.Commit(0, new ExternalInitProposal(Client.FreshKey().Value)), _group.Commit(0));

    [Fact]
    [Fires(MlsError.PathRequired)]
    public void An_empty_commit_without_a_path() => _group.FiresAlone(MlsError.PathRequired, _group.CommitWithoutPath(0), _group.Commit(0));

    [Fact]
    [Fires(MlsError.BlankLeafProposal)]
    public void A_remove_of_a_blank_leaf()
    {
        var group = ForgedGroup.Of(5);
        group.FiresAlone(MlsError.BlankLeafProposal, group.Commit(0, new RemoveProposal(new LeafIndex(5))), group.Commit(0, new RemoveProposal(new LeafIndex(4))));
    }

    private static PreSharedKeyProposal Psk(Opaque nonce) => new(new ExternalPskId(Opaque.Copy("psk"u8), nonce));
}
