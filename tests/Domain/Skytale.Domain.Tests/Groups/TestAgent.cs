using System.Security.Cryptography;
using Skytale.Groups;
using Skytale.Mls.Codec;
using Skytale.Mls.Credentials;
using Skytale.Mls.Crypto;
using Skytale.Mls.Groups;
using Skytale.Mls.KeyPackages;
using Skytale.Protocol;

namespace Skytale.Tests.Groups;

/// <summary>An agent with its identity key.</summary>
internal sealed class TestAgent
{
    public static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public SignatureKeyPair Signer { get; } = ChannelSuite.Default.GenerateSignatureKeyPair(RandomNumberGenerator.Fill);

    public AgentId Id => AgentId.FromPublicKey(Signer.PublicKey.Value.Span);

    public KeyPackageBundle NewBundle(Credential? credential = null) => KeyPackageBundle.Create(
        ChannelSuite.Default, Signer, credential ?? AgentLeaf.CredentialOf(Id), AgentKeyPackages.OptionsFor(Now), RandomNumberGenerator.Fill);

    public Opaque Sign(string label, ReadOnlySpan<byte> content) => ChannelSuite.Default.Signature.Sign(Signer.PrivateKey, LabeledContent.Encode(label, content).Span);

    /// <summary>A channel's group with this agent alone.</summary>
    public MlsGroup NewGroup()
    {
        ChannelName.TryParse("org/team/room", out var name).ShouldBeTrue();
        using var bundle = NewBundle();
        var creation = MlsGroup.CreateWithWelcome(Opaque.Copy(new byte[32]), bundle, Signer, ChannelExtension.ListFor(name, Id), RandomNumberGenerator.Fill);
        return MlsGroup.Join(creation.Welcome, bundle, Signer, new JoinOptions());
    }
}
