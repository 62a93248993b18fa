using System.Collections.Immutable;
using Skytale.Mls.Codec;
using Skytale.Mls.Credentials;
using Skytale.Mls.Crypto;
using Skytale.Mls.Extensions;
using Skytale.Mls.Framing;
using Skytale.Mls.KeySchedule;
using Skytale.Mls.Messages;
using Skytale.Mls.Proposals;
using Skytale.Mls.PublicGroups;
using Skytale.Mls.Tests.Groups;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Tests.Bounds;

public sealed class ListBounds
{
    private static CipherSuite Suite => TestGroup.Suite;

    [Fact]
    public void Lists_of_capabilities_and_extensions_end()
    {
        Again(Listing(Capabilities.MaxListed)).Extensions.Length.ShouldBe(Capabilities.MaxListed);
        Expect.Refused(MlsError.TooLarge, () => Again(Listing(Capabilities.MaxListed + 1)));
        Again(Required(Capabilities.MaxListed)).ExtensionTypes.Length.ShouldBe(Capabilities.MaxListed);
        Expect.Refused(MlsError.TooLarge, () => Again(Required(Capabilities.MaxListed + 1)));
        Again(Extensions(ExtensionList.MaxExtensions)).All.Length.ShouldBe(ExtensionList.MaxExtensions);
        Expect.Refused(MlsError.TooLarge, () => Again(Extensions(ExtensionList.MaxExtensions + 1)));

        static Capabilities Listing(int count) => Capabilities.Basic(Suite.Id) with { Extensions = Types(count) };
        static RequiredCapabilities Required(int count) => new(Types(count), [], [CredentialType.Basic]);
        static ExtensionList Extensions(int count) => new([.. Types(count).Select(type => new Extension(type, Opaque.Empty))]);
        static ImmutableArray<ExtensionType> Types(int count) => [.. Enumerable.Range(0xf000, count).Select(type => (ExtensionType)type)];
    }

    [Fact]
    public void An_extension_type_that_repeats_is_refused_wherever_it_stands()
    {
        for (var at = 0; at < ExtensionList.MaxExtensions - 1; at += 51)
        {
            using var writer = new TlsWriter();
            var start = writer.BeginVector();
            for (var i = 0; i < ExtensionList.MaxExtensions; i++)
                writer.Write(new Extension((ExtensionType)(0xf000 + (i == ExtensionList.MaxExtensions - 1 ? at : i)), Opaque.Empty));
            writer.EndVector(start);
            var bytes = writer.ToOpaque();
            Expect.Refused(MlsError.DuplicateExtension, () => Tls.Decode<ExtensionList>(bytes));
        }
    }

    [Fact]
    public void More_psks_than_can_be_numbered_are_refused_before_any_is_derived()
    {
        using var psk = Secret.Zero(32);
        var one = (Id: (PreSharedKeyId)new ExternalPskId(Opaque.Empty, Suite.Hash([])), psk);
        Expect.Refused(MlsError.TooLarge, () => PskSecret.Derive(Suite, [.. Enumerable.Repeat(one, PskSecret.MaxCount + 1)]).Dispose());
    }

    [Fact]
    public void An_epoch_keeps_so_many_proposals_and_no_more()
    {
        var kept = new KeptProposals();
        for (var i = 0; i < KeptProposals.MaxCount; i++)
            kept.Keep(Suite, Proposal(i, 0));
        Expect.Refused(MlsError.TooLarge, () => kept.Keep(Suite, Proposal(KeptProposals.MaxCount, 0)));
        kept.All.Length.ShouldBe(KeptProposals.MaxCount);

        // One that is kept already takes no room.
        kept.Keep(Suite, Proposal(7, 0));
        kept.All.Length.ShouldBe(KeptProposals.MaxCount);
    }

    [Fact]
    public void An_epoch_keeps_so_many_bytes_of_proposals_and_no_more()
    {
        var kept = new KeptProposals();
        for (var i = 0; i < 3; i++)
            kept.Keep(Suite, Proposal(i, KeptProposals.MaxBytes / 4));
        Expect.Refused(MlsError.TooLarge, () => kept.Keep(Suite, Proposal(3, KeptProposals.MaxBytes / 4)));
        kept.Keep(Suite, Proposal(3, KeptProposals.MaxBytes / 8));
        kept.All.Length.ShouldBe(4);
    }

    private static AuthenticatedContent Proposal(int number, int authenticatedData)
    {
        var body = new ProposalBody(new RemoveProposal(new LeafIndex((uint)number)));
        var content = new FramedContent(Opaque.Empty, new Epoch(0), Sender.Member(new LeafIndex(0)), new Opaque(new byte[authenticatedData]), body);
        return new AuthenticatedContent(WireFormat.PublicMessage, content, new FramedContentAuthData(Opaque.Empty, null));
    }

    private static T Again<T>(T value) where T : IWireStruct<T> => Tls.Decode<T>(Tls.Encode(value));
}
