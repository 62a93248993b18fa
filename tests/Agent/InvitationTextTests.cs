using System.Text;
using Skytale.Agent.Invitations;
using Skytale.Groups;
using Skytale.Mls;
using Skytale.Mls.Crypto;
using Skytale.Protocol;
using Skytale.Sdk;

namespace Skytale.Tests;

/// <summary>An invitation's text and what its secret leads to, held to values that were computed apart from this code.</summary>
public sealed class InvitationTextTests
{
    private const string Text = "skt_inv_AQ1yZWxheS5leGFtcGxlAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh87aie8zrakLWKjqNAqbw1zZTIVdx3iQ6Y6wEihi1naKQAAAABrSdIAAAAAAQBgYWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXp7fH1-f9XAeaY";
    private const string Named = "skt_inv_AQ1yZWxheS5leGFtcGxlAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh87aie8zrakLWKjqNAqbw1zZTIVdx3iQ6Y6wEihi1naKQAAAABrSdIAAAABLAE7aie8zrakLWKjqNAqbw1zZTIVdx3iQ6Y6wEihi1naKWBhYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5ent8fX5_6VWhWQ";

    private static readonly AgentId Inviter = AgentId.FromPublicKey(Convert.FromHexString("3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29"));
    private static readonly ChannelId Channel = new(Enumerable.Range(0, 32).Select(i => (byte)i).ToArray());

    [Fact]
    public void The_text_has_its_bytes()
    {
        using var open = Make(1, null);
        open.Reveal().ShouldBe(Text);
        using var named = Make(300, Inviter);
        named.Reveal().ShouldBe(Named);
    }

    [Theory]
    [InlineData(Text, 1, false)]
    [InlineData(Named, 300, true)]
    public void What_was_written_is_read(string text, int uses, bool named)
    {
        using var read = Invitation.Parse($"  {text}\n");
        (read.Relay, read.Channel, read.Inviter, read.MaxUses).ShouldBe(("relay.example", Channel, Inviter, uses));
        read.ExpiresAt.ToUnixTimeSeconds().ShouldBe(1_800_000_000);
        read.For.ShouldBe(named ? Inviter : null);
        read.Reveal().ShouldBe(text);
    }

    [Fact]
    public void The_secret_leads_to_the_keys_that_HKDF_says()
    {
        using var invitation = Invitation.Parse(Text);
        invitation.Id.ToString().ShouldBe("e4e3c2aa6d3d52c7d06d105d4f33d5d7490716cd0c4401a316f0991cf7b2ace6");
        using var keys = InvitationKeys.Of(invitation.Secret);
        Convert.ToHexStringLower(keys.Signing.PrivateKey.Value.Span).ShouldBe("d0225958a8c39e24a92a9d9e7d467f944f958d1a15c736ddc3bbe9c3fae1a596");
        Convert.ToHexStringLower(keys.Mac.Span).ShouldBe("7c21cf913f5e9c752d590ba9c0f3dac735065ba4563c95ec20fb3c8638d3cdfa");
    }

    [Fact]
    public void Every_changed_letter_and_every_missing_one_is_noticed()
    {
        for (var at = 0; at < Text.Length; at++)
        {
            var other = Text[at] == 'A' ? 'B' : 'A';
            Invitation.TryParse(Text[..at] + other + Text[(at + 1)..], out _).ShouldBeFalse($"letter {at}");
            Invitation.TryParse(Text.Remove(at, 1), out _).ShouldBeFalse($"without letter {at}");
        }
        Invitation.TryParse(Text + "=", out _).ShouldBeFalse("one invitation has one text");
    }

    [Theory]
    [InlineData("", "begins with skt_inv_")]
    [InlineData("acme/team/general", "begins with skt_inv_")]
    [InlineData("skt_inv_", "checksum")]
    [InlineData("skt_inv_not base64!", "letters")]
    [InlineData("skt_inv_Ag", "newer version")]
    public void What_is_none_is_said_to_be_none_in_words(string text, string words)
    {
        var error = Should.Throw<SkytaleException>(() => Invitation.Parse(text));
        error.Error.ShouldBe(SkytaleError.InvalidArgument);
        error.Message.ShouldContain(words);
    }

    [Fact]
    public void Nothing_but_revealing_shows_the_secret()
    {
        using var invitation = Make(1, null);
        var secret = Convert.ToHexStringLower(invitation.Secret.Span);
        invitation.ToString().ShouldNotContain(secret[..16]);
        invitation.ToString().ShouldNotContain(Text[^20..]);
        invitation.ToString().ShouldContain(Inviter.ToString());
    }

    [Fact]
    public void A_structure_of_another_length_or_with_fields_out_of_range_is_none()
    {
        using var invitation = Make(1, null);
        using var encoded = invitation.Encode();
        Should.Throw<MlsException>(() => Invitation.Decode([.. encoded.Span, 0]));
        for (var length = 0; length < encoded.Length; length++)
            Should.Throw<MlsException>(() => Invitation.Decode(encoded.Span[..length]));
        Should.Throw<MlsException>(() => Decode(relay: "", uses: 1));
        Should.Throw<MlsException>(() => Decode(relay: "with space", uses: 1));
        Should.Throw<MlsException>(() => Decode(relay: "relay", uses: 0));

        static Invitation Decode(string relay, int uses)
        {
            using var odd = new Invitation(relay, Channel, Inviter, DateTimeOffset.FromUnixTimeSeconds(1), uses, null, Secret.Zero(Invitation.SecretSize));
            using var bytes = odd.Encode();
            return Invitation.Decode(bytes.Span);
        }
    }

    [Fact]
    public void The_mac_is_over_the_hash_of_the_GroupContext_and_the_KeyPackages_reference()
    {
        using var key = Secret.Copy(Encoding.ASCII.GetBytes("0123456789abcdef0123456789abcdef"));
        var context = new Mls.Messages.GroupContext(ChannelSuite.Default.Id, new(Channel.Bytes), new(7), new(new byte[32]), new(new byte[32]), Mls.Extensions.ExtensionList.Empty);
        var reference = new Mls.Codec.Opaque(Enumerable.Repeat((byte)0x55, 32).ToArray());
        Convert.ToHexStringLower(AdmissionMac.For(key, context, reference).Data.Span).ShouldBe("8b92e2eb435b21910f62390d4fcda2a44eef03cbaba4cf64f3673a04ff7c4ba0");
    }

    private static Invitation Make(int uses, AgentId? invited) =>
        new("relay.example", Channel, Inviter, DateTimeOffset.FromUnixTimeSeconds(1_800_000_000), uses, invited, Secret.Copy([.. Enumerable.Range(0x60, 32).Select(i => (byte)i)]));
}
