using Skytale.Groups.Roles;
using Skytale.Mls;
using Skytale.Mls.Credentials;
using Skytale.Mls.Extensions;
using Skytale.Mls.KeyPackages;
using Skytale.Mls.Messages;
using Skytale.Mls.Proposals;
using Skytale.Mls.Tree;
using Skytale.Protocol;

namespace Skytale.Groups;

/// <summary>What an agent's KeyPackages look like, and what is checked of one before a channel takes it.</summary>
public static class AgentKeyPackages
{
    /// <summary>What a KeyPackage made now says.</summary>
    public static KeyPackageOptions OptionsFor(DateTimeOffset now) => new()
    {
        Capabilities = new Capabilities(
            [Mls.Messages.ProtocolVersion.Mls10],
            [ChannelSuite.Default.Id],
            [ChannelExtension.Type, ChannelPolicy.Type, ExtensionType.LastResort],
            [ProposalType.SelfRemove],
            [CredentialType.Basic]),
        Lifetime = Lifetimes.StartingNow(now),
    };

    /// <summary>Checks a KeyPackage by RFC 9420 §10.1 and as the agent's own.</summary>
    public static Result<ValidatedKeyPackage> Validate(KeyPackage keyPackage, AgentId agent, DateTimeOffset now)
    {
        if (!ChannelSuite.IsAllowed(keyPackage.CipherSuite))
            return Invalid($"cipher suite {(ushort)keyPackage.CipherSuite} is not one of a channel's");
        if (AgentLeaf.Identify(keyPackage.LeafNode) != agent)
            return Invalid($"it is not {agent}'s");
        if (!keyPackage.LeafNode.Capabilities.Supports(ChannelExtension.Type) || !keyPackage.LeafNode.Capabilities.Supports(ChannelPolicy.Type))
            return Invalid("its capabilities do not list the extensions of a channel's name and policy");
        try
        {
            return ValidatedKeyPackage.Validate(keyPackage, now, Lifetimes.Maximum);
        }
        catch (MlsException e)
        {
            return Invalid(e.Message);
        }
    }

    private static Refusal Invalid(string why) => new(ErrorCode.InvalidKeyPackage, $"The KeyPackage is refused: {why}.");
}
