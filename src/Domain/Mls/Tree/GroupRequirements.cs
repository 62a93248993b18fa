using System.Collections.Immutable;
using Skytale.Mls.Credentials;
using Skytale.Mls.Crypto;
using Skytale.Mls.Extensions;
using Skytale.Mls.Messages;

namespace Skytale.Mls.Tree;

/// <summary>§7.3, §11.1, §13.4: what a group asks of every leaf: its version and suite, its required capabilities, its extensions.</summary>
internal sealed class GroupRequirements : IEquatable<GroupRequirements>
{
    private readonly CipherSuiteId _suite;
    private readonly ExtensionList _extensions;
    private readonly RequiredCapabilities? _required;
    private readonly ImmutableArray<ExternalSender> _externalSenders;

    /// <param name="extensions">The GroupContext's, or none for a leaf that is not in a group yet.</param>
    /// <exception cref="MlsException"><see cref="MlsError.InvalidExtension"/> or <see cref="MlsError.ExtensionNotAllowedHere"/>.</exception>
    public GroupRequirements(CipherSuite suite, ExtensionList extensions)
    {
        _suite = suite.Id;
        ExtensionPlaces.Check(extensions, ExtensionPlace.GroupContext);
        _extensions = extensions;
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
        foreach (var extension in _extensions.All)
        {
            if (!capabilities.Supports(extension.Type))
                throw new MlsException(MlsError.UnsupportedByLeaf, $"the group's extension {extension.Type}");
        }

        if (_required is not null)
            CheckRequired(capabilities, _required);
    }

    /// <summary>§7.3, §13.3: each member supports the credential type of each other, and of the group's external senders.</summary>
    /// <exception cref="MlsException"><see cref="MlsError.CredentialTypeNotSupported"/>.</exception>
    public void CheckCredentialTypes(RatchetTree tree)
    {
        var used = CredentialTypes(tree);
        foreach (var (index, leaf) in tree.Leaves)
        {
            foreach (var type in used)
            {
                if (!leaf.Capabilities.Supports(type))
                    throw new MlsException(MlsError.CredentialTypeNotSupported, $"leaf {index}, {type}");
            }
        }
    }

    /// <summary>The types of credential that the members and the group's external senders have.</summary>
    public HashSet<CredentialType> CredentialTypes(RatchetTree tree)
    {
        var used = _externalSenders.Select(sender => sender.Credential.Type).ToHashSet();
        foreach (var (_, leaf) in tree.Leaves)
            used.Add(leaf.Credential.Type);
        return used;
    }

    /// <summary>True when <see cref="Check"/> passes the leaf.</summary>
    public bool AreMetBy(LeafNode leaf)
    {
        try
        {
            Check(leaf);
            return true;
        }
        catch (MlsException)
        {
            // The caller asks only whether; who refuses the leaf checks again and says why.
            return false;
        }
    }

    /// <summary>True when both ask the same of every leaf.</summary>
    public bool Equals(GroupRequirements? other) => other is not null && _suite == other._suite && _extensions.Equals(other._extensions);

    public override bool Equals(object? obj) => Equals(obj as GroupRequirements);

    public override int GetHashCode() => HashCode.Combine(_suite, _extensions);

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
