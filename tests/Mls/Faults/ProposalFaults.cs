using System.Collections.Immutable;
using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Extensions;
using Skytale.Mls.Framing;
using Skytale.Mls.KeySchedule;
using Skytale.Mls.Messages;
using Skytale.Mls.Proposals;
using Skytale.Mls.Tests.Groups;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Tests.Faults;

/// <summary>Faults 17, 18, 24, 26 and 28: what a commit may hold, in which order it works, and what it refers to.</summary>
public sealed class ProposalFaults
{
    private const ExtensionType Ours = (ExtensionType)0xf00d;

    private readonly ForgedGroup _group = ForgedGroup.Of(5);

    /// <summary>Every choice of proposals for a commit, with whether it needs a path.</summary>
    public static TheoryData<string, bool> Lists => new()
    {
        { "", true },
        { "add", false },
        { "psk", false },
        { "reinit", false },
        { "add psk", false },
        { "remove", true },
        { "update", true },
        { "extensions", true },
        { "add remove", true },
        { "add update", true },
        { "psk extensions", true },
        { "add psk remove", true },
    };

    [Theory]
    [Fault(17)]
    [MemberData(nameof(Lists))]
    public void A_path_is_needed_by_the_long_list_of_types(string types, bool needed)
    {
        ImmutableArray<ProposalOrRef> proposals = [.. types.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Make)];
        var without = _group.Frame(0, new CommitBody(new Commit(proposals, null)));
        if (needed)
            _group.Refuses(MlsError.PathRequired, without);
        else
            _group.Apply(without).HasPath.ShouldBeFalse();
    }

    [Fact]
    [Fault(18)]
    public void The_committers_own_update_is_refused_by_value_and_by_reference()
    {
        _group.Refuses(MlsError.CommitterUpdatesItself, _group.Commit(1, _group.Update(1)));
        _group.Refuses(MlsError.CommitterUpdatesItself, _group.CommitReferences(1, _group.Propose(1, _group.Update(1))));
    }

    [Fact]
    [Fault(18)]
    public void A_remove_of_the_committer_is_refused_whoever_proposed_it()
    {
        _group.Refuses(MlsError.CommitterRemovesItself, _group.Commit(1, new RemoveProposal(new LeafIndex(1))));
        _group.Refuses(MlsError.CommitterRemovesItself, _group.CommitReferences(1, _group.Propose(2, new RemoveProposal(new LeafIndex(1)))));
    }

    [Fact]
    [Fault(18)]
    public void Two_proposals_about_one_leaf_are_refused_in_any_order()
    {
        var (first, second) = (_group.Propose(1, _group.Update(1)), _group.Propose(1, _group.Update(1)));
        var (remove, again) = (_group.Propose(2, new RemoveProposal(new LeafIndex(1))), _group.Propose(3, new RemoveProposal(new LeafIndex(1))));
        foreach (var pair in new[] { (first, second), (second, first), (first, remove), (remove, first), (remove, again) })
            _group.Refuses(MlsError.DuplicateLeafProposal, _group.CommitReferences(0, pair.Item1, pair.Item2));
        foreach (var alone in new[] { first, second, remove, again })
            _group.Public.Stage(_group.Public.Verify(_group.CommitReferences(0, alone)));
    }

    [Fact]
    [Fault(18)]
    public void Two_adds_of_one_signature_key_are_refused()
    {
        var client = _group.Admit(new Client("twice"));
        var again = new Client("another name", signer: client.Signer);
        _group.Refuses(MlsError.DuplicateAdd, _group.Commit(0, new AddProposal(client.KeyPackage), new AddProposal(again.KeyPackage)));
        _group.Refuses(MlsError.DuplicateAdd, _group.Commit(0, new AddProposal(client.KeyPackage), new AddProposal(client.KeyPackage)));
    }

    [Fact]
    [Fault(18)]
    public void One_psk_id_twice_is_refused()
    {
        _group.Refuses(MlsError.DuplicatePsk, _group.CommitReferences(0, _group.Propose(1, Psk(1)), _group.Propose(2, Psk(1))));
        _group.Refuses(MlsError.DuplicatePsk, _group.CommitWithoutPath(0, Psk(1), Psk(2), Psk(1)));
        _group.Apply(_group.CommitWithoutPath(0, Psk(1), Psk(2)));
    }

    [Fact]
    [Fault(18)]
    public void Two_replacements_of_the_groups_extensions_are_refused()
    {
        var extensions = new GroupContextExtensionsProposal(ExtensionList.Empty);
        _group.Refuses(MlsError.DuplicateGroupContextExtensions, _group.CommitReferences(0, _group.Propose(1, extensions), _group.Propose(2, extensions)));
    }

    [Fact]
    [Fault(18)]
    public void A_reinit_beside_anything_is_refused()
    {
        foreach (var other in new[] { "add", "psk", "remove", "update", "extensions", "reinit" })
        {
            _group.Refuses(MlsError.ReInitNotAlone, _group.Frame(0, new CommitBody(new Commit([Make("reinit"), Make(other)], null))));
            _group.Refuses(MlsError.ReInitNotAlone, _group.Frame(0, new CommitBody(new Commit([Make(other), Make("reinit")], null))));
        }
    }

    [Fact]
    [Fault(18)]
    public void An_external_init_in_a_members_commit_is_refused()
    {
        var init = new ExternalInitProposal(Client.FreshKey().Value);
        _group.Refuses(MlsError.MisplacedExternalInit, _group.Commit(0, init));
    }

    [Fact]
    [Fault(18)]
    public void Proposals_work_in_the_order_of_their_types_not_of_the_list()
    {
        // The add stands first and the remove last, and the new extensions behind both: applied as listed, the new
        // member would get leaf 5, and nobody would ask it for the capability.
        var group = new ForgedGroup(creator: Able("creator"));
        group.Apply(group.Commit(0, Enumerable.Range(0, 4).Select(i => (Proposal)new AddProposal(group.Admit(Able($"{i}")).KeyPackage)).ToArray()));
        var able = new AddProposal(group.Admit(Able("able")).KeyPackage);
        var requires = new GroupContextExtensionsProposal(new ExtensionList(new Extension(ExtensionType.RequiredCapabilities, Tls.Encode(new RequiredCapabilities([Ours], [], [])))));
        var remove = new RemoveProposal(new LeafIndex(2));
        group.Refuses(MlsError.RequiredCapabilityMissing, group.Commit(0, group.Adds(1)[0], remove, requires));
        group.Apply(group.Commit(0, able, remove, requires)).Added.Single().Index.ShouldBe(new LeafIndex(2));
    }

    [Fact]
    [Fault(18)]
    public void Adds_take_the_leftmost_blanks_in_their_order_after_the_removes()
    {
        var adds = _group.Adds(3);
        var staged = _group.Apply(_group.Commit(4, [.. adds, new RemoveProposal(new LeafIndex(3)), new RemoveProposal(new LeafIndex(1))]));
        staged.Added.Select(add => add.Index.Value).ShouldBe([1u, 3u, 5u]);
        staged.Added.Select(add => add.KeyPackage).ShouldBe(adds.Cast<AddProposal>().Select(add => add.KeyPackage));
    }

    [Theory]
    [Fault(24)]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(31)]
    [InlineData(33)]
    public void A_psk_whose_nonce_has_not_the_length_of_a_hash_is_refused(int length) =>
        _group.Refuses(MlsError.InvalidPsk, _group.Commit(0, new PreSharedKeyProposal(new ExternalPskId(Opaque.Copy("psk"u8), Opaque.Copy(new byte[length])))));

    [Theory]
    [Fault(24)]
    [InlineData(ResumptionPskUsage.ReInit)]
    [InlineData(ResumptionPskUsage.Branch)]
    public void A_psk_of_another_procedure_is_refused_in_an_ordinary_commit(ResumptionPskUsage usage) =>
        _group.Refuses(MlsError.InvalidPsk, _group.Commit(0, new PreSharedKeyProposal(new ResumptionPskId(usage, ForgedGroup.Id, new Epoch(0), ForgedGroup.Tag()))));

    [Fact]
    [Fault(24)]
    public void A_psk_that_is_not_known_is_not_left_out()
    {
        using var group = TestGroup.OfThree();
        var commit = new ForgedCommit { Proposals = ForgedCommit.ByValue(Psk(1)) }.By(group[0], Key);
        group[1].Refuses(MlsError.UnknownPsk, bob => bob.Process(commit));
        group[1].Refuses(MlsError.UnknownPsk, bob => bob.Process(commit, new() { FindPsk = _ => null }));
        using var staged = group[1].Group.Process(commit, new() { FindPsk = Key });
    }

    [Fact]
    [Fault(24)]
    public void More_psks_than_their_count_can_say_are_refused()
    {
        using var psk = Secret.Zero(32);
        var id = Psk(1).Psk;
        Expect.Refused(MlsError.TooLarge, () => PskSecret.Derive(Client.Suite, [.. Enumerable.Repeat((id, psk), ushort.MaxValue + 1)]));
    }

    [Fact]
    [Fault(24)]
    public void Psks_are_chained_in_the_order_of_their_proposals()
    {
        using var group = TestGroup.OfThree();
        var right = new ForgedCommit { Proposals = ForgedCommit.ByValue(Psk(1), Psk(2), Psk(3)) };
        var reversed = (right with { PskOrder = ids => [.. ids.Reverse()] }).By(group[0], Key);
        var left = (right with { PskOrder = ids => ids[..2] }).By(group[0], Key);
        group[1].Refuses(MlsError.InvalidConfirmationTag, bob => bob.Process(reversed, new() { FindPsk = Key }));
        group[1].Refuses(MlsError.InvalidConfirmationTag, bob => bob.Process(left, new() { FindPsk = Key }));
        using var staged = group[1].Group.Process(right.By(group[0], Key), new() { FindPsk = Key });
    }

    [Fact]
    [Fault(24)]
    public void A_reinit_to_a_lower_version_is_refused() =>
        _group.Refuses(MlsError.InvalidProposal, _group.CommitWithoutPath(0, new ReInitProposal(Opaque.Copy("next"u8), default, Client.Suite.Id, ExtensionList.Empty)));

    [Fact]
    [Fault(16)]
    public void A_group_that_a_reinit_ended_takes_nothing_more()
    {
        var (proposal, commit) = (new ProposalBody(new RemoveProposal(new LeafIndex(2))), new CommitBody(new Commit([], null)));
        _group.Apply(_group.CommitWithoutPath(0, new ReInitProposal(Opaque.Copy("next"u8), ProtocolVersion.Mls10, Client.Suite.Id, ExtensionList.Empty)));
        foreach (var body in new FramedBody[] { proposal, commit })
            Expect.Refused(MlsError.GroupEnded, () => _group.Public.Verify(_group.Frame(1, body)), _group.Public.Serialize);
    }

    [Fact]
    [Fault(26)]
    public void Required_capabilities_that_a_remaining_or_added_member_lacks_are_refused()
    {
        var group = new ForgedGroup(creator: Able("creator"));
        group.Apply(group.Commit(0, group.Adds(1)));
        var requires = new GroupContextExtensionsProposal(new ExtensionList(new Extension(ExtensionType.RequiredCapabilities, Tls.Encode(new RequiredCapabilities([Ours], [], [])))));
        var remove = new RemoveProposal(new LeafIndex(1));
        group.Refuses(MlsError.RequiredCapabilityMissing, group.Commit(0, requires));
        group.Refuses(MlsError.RequiredCapabilityMissing, group.Commit(0, requires, remove, group.Adds(1)[0]));
        group.Apply(group.Commit(0, requires, remove, new AddProposal(group.Admit(Able("able")).KeyPackage)));
    }

    [Theory]
    [Fault(26)]
    [InlineData(ExtensionType.ApplicationId)]
    [InlineData(ExtensionType.RatchetTree)]
    [InlineData(ExtensionType.ExternalPub)]
    [InlineData(ExtensionType.LastResort)]
    public void An_extension_that_belongs_elsewhere_does_not_become_the_groups(ExtensionType type)
    {
        var group = new ForgedGroup(creator: type == ExtensionType.LastResort ? Able("creator", type) : null);
        group.Refuses(MlsError.ExtensionNotAllowedHere, group.Commit(0, new GroupContextExtensionsProposal(new ExtensionList(new Extension(type, Opaque.Empty)))));
    }

    [Fact]
    [Fault(28)]
    public void A_reference_covers_wire_format_and_signature()
    {
        var message = _group.Frame(1, new ProposalBody(new RemoveProposal(new LeafIndex(2)))).Authenticated;
        var reference = ProposalRef.Of(Client.Suite, message);
        ProposalRef.Of(Client.Suite, message with { WireFormat = WireFormat.PrivateMessage }).ShouldNotBe(reference);
        ProposalRef.Of(Client.Suite, message with { Auth = message.Auth with { Signature = ForgedGroup.Tag() } }).ShouldNotBe(reference);

        // The hash of exactly the AuthenticatedContent, behind the label.
        using var input = new TlsWriter();
        input.WriteOpaque("MLS 1.0 Proposal Reference"u8);
        input.WriteOpaque(Tls.Encode(message));
        reference.Value.ShouldBe(Client.Suite.Hash(input.WrittenSpan));
    }

    [Fact]
    [Fault(28)]
    public void Proposals_that_nobody_commits_are_kept_up_to_a_bound()
    {
        var large = Opaque.Copy(new byte[1 << 20]);
        for (byte i = 0; i < 3; i++)
            Keep(i);
        Expect.Refused(MlsError.TooLarge, () => Keep(3), _group.Public.Serialize);
        _group.Apply(_group.Commit(0));
        Keep(3);

        void Keep(byte number) => _group.Public.Keep(_group.Public.Verify(_group.Frame(1, new ProposalBody(Psk(number)), content => content with { AuthenticatedData = large })));
    }

    [Fact]
    [Fault(28)]
    public void A_proposal_of_an_older_epoch_cannot_be_committed()
    {
        var message = _group.Frame(1, new ProposalBody(new RemoveProposal(new LeafIndex(2))));
        var reference = _group.Public.Keep(_group.Public.Verify(message));
        _group.Apply(_group.Commit(0));
        _group.Refuses(MlsError.UnknownProposalReference, _group.CommitReferences(0, reference));
        Expect.Refused(MlsError.WrongEpoch, () => _group.Public.Verify(message), _group.Public.Serialize);
    }

    private static Secret? Key(PreSharedKeyId id) => Secret.Copy(Tls.Encode(id).Span);

    private static PreSharedKeyProposal Psk(byte number) => new(new ExternalPskId(Opaque.Copy([number]), Opaque.Copy(Enumerable.Repeat(number, 32).ToArray())));

    private static Client Able(string name, ExtensionType type = Ours) => new(name, options => options with { Capabilities = options.Capabilities with { Extensions = [type] } });

    private ProposalOrRef Make(string type) => type switch
    {
        "add" => new ProposalByValue(_group.Adds(1)[0]),
        "psk" => new ProposalByValue(Psk(1)),
        "remove" => new ProposalByValue(new RemoveProposal(new LeafIndex(3))),
        "extensions" => new ProposalByValue(new GroupContextExtensionsProposal(ExtensionList.Empty)),
        "reinit" => new ProposalByValue(new ReInitProposal(Opaque.Copy("next"u8), ProtocolVersion.Mls10, Client.Suite.Id, ExtensionList.Empty)),
        "update" => new ProposalByReference(_group.Propose(1, _group.Update(1))),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "no such proposal"),
    };
}
