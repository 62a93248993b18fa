using Skytale.Mls.Codec;
using Skytale.Mls.Framing;
using Skytale.Mls.Groups;
using Skytale.Mls.Messages;
using Skytale.Mls.SecretTree;
using Skytale.Mls.Tests.Groups;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Tests.Validation;

/// <summary>Each error of framing, tags and protection (§6, §8.1, §9.2), alone, at a member who holds the epoch's secrets.</summary>
public sealed class MessageErrors : IDisposable
{
    private readonly TestGroup _group = TestGroup.OfThree();
    private readonly PublicMessage _commit;

    public MessageErrors() => _commit = new ForgedCommit().By(Alice);

    private Member Alice => _group[0];

    private Member Bob => _group[1];

    private Member Carol => _group[2];

    [Fact]
    [Fires(MlsError.WrongGroup)]
    public void A_commit_of_another_group() => CommitAlone(MlsError.WrongGroup, Forge.Resign(Alice, _commit, (FramedContent content) => content with { GroupId = Opaque.Copy("another"u8) }));

    [Fact]
    [Fires(MlsError.WrongEpoch)]
    public void A_commit_of_the_next_epoch() => CommitAlone(MlsError.WrongEpoch, Forge.Resign(Alice, _commit, (FramedContent content) => content with { Epoch = content.Epoch.Next }));

    [Fact]
    [Fires(MlsError.WrongWireFormat)]
    public void Application_data_in_a_public_message()
    {
        var group = ForgedGroup.Of(2);
        group.FiresAlone(MlsError.WrongWireFormat, group.Frame(0, new ApplicationBody(Opaque.Copy("hello"u8))), group.Commit(0));
    }

    [Fact]
    [Fires(MlsError.WrongSenderType)]
    public void An_external_sender_of_a_commit()
    {
        // §6.2: there is no membership tag for who is no member.
        var forgery = Forge.Resign(Alice, _commit, (FramedContent content) => content with { Sender = Sender.External(0) }) with { MembershipTag = null };
        CommitAlone(MlsError.WrongSenderType, forgery);
    }

    [Fact]
    [Fires(MlsError.UnknownSender)]
    public void A_private_message_of_a_blank_leaf()
    {
        using var key = Forge.AnyKey(0);
        UnprotectAlone(MlsError.UnknownSender, Forge.Seal(Carol, Forge.SignApplication(Carol, new LeafIndex(3)), key));
    }

    [Fact]
    [Fires(MlsError.InvalidMembershipTag)]
    public void A_commit_with_another_membership_tag() => CommitAlone(MlsError.InvalidMembershipTag, _commit with { MembershipTag = Forge.Flip(_commit.MembershipTag!.Value) });

    [Fact]
    [Fires(MlsError.InvalidConfirmationTag)]
    public void A_commit_with_another_confirmation_tag() => CommitAlone(MlsError.InvalidConfirmationTag, Forge.WithConfirmationTag(Alice, _commit, Forge.Flip(_commit.Auth.ConfirmationTag!.Value)));

    [Fact]
    [Fires(MlsError.MisplacedConfirmationTag)]
    public void A_commit_without_a_confirmation_tag() => CommitAlone(MlsError.MisplacedConfirmationTag, Forge.WithConfirmationTag(Alice, _commit, null));

    [Fact]
    [Fires(MlsError.DecryptionFailed)]
    public void A_private_message_with_other_authenticated_data()
    {
        var message = Carol.Send("hello", "data");
        Bob.FiresAlone(MlsError.DecryptionFailed, bob => bob.Unprotect(message with { AuthenticatedData = Opaque.Copy("dato"u8) }), bob => bob.Unprotect(message).Dispose());
    }

    [Fact]
    [Fires(MlsError.InvalidPadding)]
    public void Padding_that_is_not_zero()
    {
        // A tag where application data has none is, behind the signature, padding: its length octet is not zero.
        var signed = Forge.SignApplication(Carol, Carol.Group.OwnLeaf);
        using var key = Carol.Group.Sending.NextApplication(Carol.Group.Suite);
        var forgery = Forge.Seal(Carol, signed.WithConfirmationTag(Opaque.Copy([0])), key);
        var control = Forge.Seal(Carol, signed, key);
        Bob.FiresAlone(MlsError.InvalidPadding, bob => bob.Unprotect(forgery), bob => bob.Unprotect(control).Dispose());
    }

    [Fact]
    [Fires(MlsError.GenerationConsumed)]
    public void A_message_that_was_read_before()
    {
        var (first, second) = (Carol.Send("first"), Carol.Send("second"));
        Bob.Read(first);
        Bob.FiresAlone(MlsError.GenerationConsumed, bob => bob.Unprotect(first), bob => bob.Unprotect(second).Dispose());
    }

    [Fact]
    [Fires(MlsError.GenerationTooFarAhead)]
    public void A_message_one_generation_beyond_the_limit()
    {
        Carol.Group.ReserveGenerations(RatchetLimits.MaxForward);
        for (var i = 0; i < RatchetLimits.MaxForward; i++)
            Carol.Group.Sending.NextApplication(Carol.Group.Suite).Dispose();
        var within = Carol.Send("within the limit");
        var beyond = Carol.Send("beyond it");
        Bob.FiresAlone(MlsError.GenerationTooFarAhead, bob => bob.Unprotect(beyond), bob => bob.Unprotect(within).Dispose());
    }

    [Fact]
    [Fires(MlsError.OwnMessage)]
    public void A_message_of_ones_own()
    {
        var (own, other) = (Bob.Send("mine"), Carol.Send("not mine"));
        Bob.FiresAlone(MlsError.OwnMessage, bob => bob.Unprotect(own), bob => bob.Unprotect(other).Dispose());
    }

    [Fact]
    [Fires(MlsError.ExportTooLong)]
    public void An_export_of_more_than_the_kdf_gives()
    {
        const int most = 255 * 32;
        Bob.FiresAlone(MlsError.ExportTooLong, bob => bob.Export("label"u8, [], most + 1), bob => bob.Export("label"u8, [], most).Dispose());
    }

    public void Dispose() => _group.Dispose();

    private void CommitAlone(MlsError error, PublicMessage forgery) => Bob.FiresAlone(error, bob => bob.Process(forgery), bob => bob.Process(_commit).Dispose());

    private void UnprotectAlone(MlsError error, PrivateMessage forgery)
    {
        var control = Carol.Send("control");
        Bob.FiresAlone(error, bob => bob.Unprotect(forgery), bob => bob.Unprotect(control).Dispose());
    }
}
