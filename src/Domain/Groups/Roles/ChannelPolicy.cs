using System.Collections.Immutable;
using Skytale.Mls;
using Skytale.Mls.Codec;
using Skytale.Mls.Extensions;
using Skytale.Protocol;

namespace Skytale.Groups.Roles;

// enum { member(0), admin(1), owner(2), (255) } ChannelRole;
//
// struct {
//     opaque public_key[32];    // the Ed25519 key that the agent's did:key spells
//     ChannelRole role;         // admin or owner
// } RoleEntry;
//
// struct {
//     ChannelRole add;          // who may add agents, at least
//     ChannelRole remove;       // who may remove them, at least
//     RoleEntry roles<V>;       // in the order of the keys, each once; who is not in it is a member
// } ChannelPolicy;

/// <summary>
/// The GroupContext extension that says who may do what in a channel: agreed by all members, since their secrets depend on it,
/// and read by the relay. Roles are an agent's, by its key, not a leaf's. Its type is in RFC 9420's private range (§17.3).
/// </summary>
public sealed class ChannelPolicy : IWireStruct<ChannelPolicy>
{
    /// <summary>The extension's type; every leaf's capabilities list it.</summary>
    public const ExtensionType Type = (ExtensionType)0xf5c3;

    /// <summary>Agents with a role above a member's, at most.</summary>
    public const int MaxRoles = 256;

    private readonly ImmutableSortedDictionary<AgentId, ChannelRole> _roles;

    private ChannelPolicy(ChannelPermissions permissions, ImmutableSortedDictionary<AgentId, ChannelRole> roles) => (Permissions, _roles) = (permissions, roles);

    /// <summary>What each role may do.</summary>
    public ChannelPermissions Permissions { get; }

    /// <summary>Who is an owner, member of the channel or not.</summary>
    public IEnumerable<AgentId> Owners => _roles.Where(entry => entry.Value == ChannelRole.Owner).Select(entry => entry.Key);

    /// <summary>A new channel's: its creator is the owner.</summary>
    public static ChannelPolicy Of(AgentId creator) => new(ChannelPermissions.Default, Empty.Add(creator, ChannelRole.Owner));

    /// <summary>The policy in a GroupContext's extensions; null in a channel that has none, where all may add and remove.</summary>
    /// <exception cref="MlsException"><see cref="MlsError.InvalidExtension"/>: it is malformed.</exception>
    public static ChannelPolicy? In(ExtensionList extensions) => extensions.Find<ChannelPolicy>(Type);

    /// <summary>An agent's role.</summary>
    public ChannelRole RoleOf(AgentId agent) => _roles.GetValueOrDefault(agent);

    /// <summary>The same with another role of an agent.</summary>
    public ChannelPolicy With(AgentId agent, ChannelRole role) => new(Permissions, role == ChannelRole.Member ? _roles.Remove(agent) : _roles.SetItem(agent, role));

    /// <summary>The same with other permissions.</summary>
    public ChannelPolicy With(ChannelPermissions permissions) => new(permissions, _roles);

    /// <summary>The extensions with this policy in the place of theirs.</summary>
    public ExtensionList Into(ExtensionList extensions) =>
        new([.. extensions.All.Select(extension => extension.Type == Type ? new Extension(Type, Tls.Encode(this)) : extension)]);

    /// <inheritdoc/>
    public void WriteTo(TlsWriter writer)
    {
        writer.WriteUInt8((byte)Permissions.Add);
        writer.WriteUInt8((byte)Permissions.Remove);
        using var roles = new TlsWriter();
        foreach (var (agent, role) in _roles)
        {
            roles.WriteFixed(agent.ToPublicKey());
            roles.WriteUInt8((byte)role);
        }
        writer.WriteOpaque(roles.WrittenSpan);
    }

    /// <inheritdoc/>
    public static ChannelPolicy ReadFrom(ref TlsReader reader)
    {
        var permissions = new ChannelPermissions(ReadRole(ref reader), ReadRole(ref reader));
        var entries = reader.ReadVectorReader();
        var roles = Empty.ToBuilder();
        for (AgentId? last = null; entries.Remaining > 0;)
        {
            var agent = AgentId.FromPublicKey(entries.ReadFixed(AgentId.PublicKeySize).Span);
            var role = ReadRole(ref entries);
            // One spelling of each policy: all who follow the group have the same bytes.
            if (role == ChannelRole.Member || (last is { } before && Empty.KeyComparer.Compare(before, agent) >= 0) || roles.Count == MaxRoles)
                throw new MlsException(MlsError.InvalidExtension, "a channel's roles are in order, each once, and above a member's");
            roles.Add(agent, role);
            last = agent;
        }
        return new ChannelPolicy(permissions, roles.ToImmutable());
    }

    private static ImmutableSortedDictionary<AgentId, ChannelRole> Empty { get; } =
        ImmutableSortedDictionary.Create<AgentId, ChannelRole>(Comparer<AgentId>.Create((one, other) => one.ToPublicKey().AsSpan().SequenceCompareTo(other.ToPublicKey())));

    private static ChannelRole ReadRole(ref TlsReader reader) =>
        reader.ReadUInt8() is var role && role <= (byte)ChannelRole.Owner ? (ChannelRole)role : throw new MlsException(MlsError.InvalidExtension, $"no role has the number {role}");
}
