using System.Collections.Immutable;
using Skytale.Mls.Credentials;
using Skytale.Mls.Crypto;
using Skytale.Mls.Extensions;
using Skytale.Mls.Messages;

namespace Skytale.Mls.Tree;

/// <summary>§7.3, §11.1, §13.4: what a group asks of every leaf: its version and suite, its required capabilities, its extensions.</summary>
internal sealed class GroupRequirements
{
    private readonly CipherSuiteId _suite;
    private readonly ImmutableArray<ExtensionType> _extensions;
    private readonly RequiredCapabilities? _required;
    private readonly ImmutableArray<ExternalSender> _externalSenders;

    /// <param name="extensions">The GroupContext's, or none for a leaf that is not in a group yet.</param>
    /// <exception cref="MlsException"><see cref="MlsError.InvalidExtension"/> or <see cref="MlsError.ExtensionNotAllowedHere"/>.</exception>
    public GroupRequirements(CipherSuite suite, ExtensionList extensions)
    {
        _suite = suite.Id;
        ExtensionPlaces.Check(extensions, ExtensionPlace.GroupContext);
        _extensions = ImmutableArray.CreateRange(extensions.All, extension => extension.Type);
        _required = extensions.Find<RequiredCapabilities>(ExtensionType.RequiredCapabilities);
        _externalSenders = extensions.Find<ExternalSenders>(ExtensionType.ExternalSenders)?.All ?? [];
    }

    /// <summary>Checks a leaf's own consistency and its support for the group.</summary>
    /// <exception cref="MlsException"><see cref="MlsError.UnsupportedByLeaf"/>, <see cref="MlsError.RequiredCapabilityMissing"/>.</exception>
    public void Check(LeafNode leaf)
    {
        var capabilities = leaf.Capabilities;
        if (!capabilities.Supports(ProtocolVersion.Mls10) || !capabilities.Supports(_suite))
            throw new MlsException(MlsError.UnsupportedByLeaf, "the group's version or cipher suite");

        // §7.2: the credential type used in the LeafNode MUST be included in the credentials field.
        if (!capabilities.Supports(leaf.Credential.Type))
            throw new MlsException(MlsError.UnsupportedByLeaf, $"its own credential type {leaf.Credential.Type}");

        // §7.3: the ID for each extension in the extensions field is listed in capabilities.extensions.
        ExtensionPlaces.Check(leaf.Extensions, ExtensionPlace.LeafNode);
        foreach (var extension in leaf.Extensions.All)
        {
            if (!capabilities.Supports(extension.Type))
                throw new MlsException(MlsError.UnsupportedByLeaf, $"its own extension {extension.Type}");
        }

        // §13.4: the capabilities field MUST indicate support for each extension in the GroupContext.
        foreach (var type in _extensions)
        {
            if (!capabilities.Supports(type))
                throw new MlsException(MlsError.UnsupportedByLeaf, $"the group's extension {type}");
        }

        if (_required is not null)
            CheckRequired(capabilities, _required);
    }

    /// <summary>§7.3, §13.3: each member supports the credential type of each other, and of the group's external senders.</summary>
    /// <exception cref="MlsException"><see cref="MlsError.CredentialTypeNotSupported"/>.</exception>
    public void CheckCredentialTypes(RatchetTree tree)
    {
        var used = _externalSenders.Select(sender => sender.Credential.Type).ToHashSet();
        foreach (var (_, leaf) in tree.Leaves)
            used.Add(leaf.Credential.Type);
        foreach (var (index, leaf) in tree.Leaves)
        {
            foreach (var type in used)
            {
                if (!leaf.Capabilities.Supports(type))
                    throw new MlsException(MlsError.CredentialTypeNotSupported, $"leaf {index}, {type}");
            }
        }
    }

    private static void CheckRequired(Capabilities capabilities, RequiredCapabilities required)
    {
        foreach (var type in required.ExtensionTypes)
        {
            if (!capabilities.Supports(type))
                throw new MlsException(MlsError.RequiredCapabilityMissing, $"extension {type}");
        }
        foreach (var type in required.ProposalTypes)
        {
            if (!capabilities.Supports(type))
                throw new MlsException(MlsError.RequiredCapabilityMissing, $"proposal {type}");
        }
        foreach (var type in required.CredentialTypes)
        {
            if (!capabilities.Supports(type))
                throw new MlsException(MlsError.RequiredCapabilityMissing, $"credential {type}");
        }
    }
}
