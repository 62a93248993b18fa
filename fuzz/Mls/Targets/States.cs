using Skytale.Fuzz.Mls.Groups;
using Skytale.Fuzz.Mls.Running;
using Skytale.Mls.Groups;
using Skytale.Mls.KeyPackages;
using Skytale.Mls.PublicGroups;

namespace Skytale.Fuzz.Mls.Targets;

/// <summary>Stored state that was damaged: refused, or read as something that can be stored again.</summary>
internal static class States
{
    public static Dictionary<string, Func<FuzzGroup, FuzzTarget>> All { get; } = new()
    {
        ["public-group-state"] = group => new StatelessTarget(group, [group.Bob.Group.Public.Serialize().Span.ToArray()], bytes => PublicGroup.Deserialize(bytes).Serialize()),
        ["epoch-state"] = group => new StatelessTarget(group, [group.Bob.Save()[0]], bytes => Read(group, 0, bytes)),
        ["receiving-state"] = group => new StatelessTarget(group, [group.Bob.Save()[1]], bytes => Read(group, 1, bytes)),
        ["sending-state"] = group => new StatelessTarget(group, [group.Bob.Save()[2]], bytes => Read(group, 2, bytes)),
        ["pending-state"] = group => new StatelessTarget(group, [Pending(group)], bytes => ReadPending(group, bytes)),
        ["key-package-state"] = group => new StatelessTarget(group, [KeyPackage(group)], ReadKeyPackage),
    };

    private static void Read(FuzzGroup group, int part, byte[] bytes)
    {
        var saved = group.Bob.Save();
        saved[part] = bytes;
        using var read = MlsGroup.Deserialize(saved[0], saved[1], saved[2], [group.Bob.Signer]);
        read.SerializeEpoch().Dispose();
        read.SerializeReceiving().Dispose();
        read.SerializeSending().Dispose();
    }

    private static byte[] Pending(FuzzGroup group)
    {
        using var state = group.Alice.Group.SerializePending(group.Pending);
        return state.Span.ToArray();
    }

    private static void ReadPending(FuzzGroup group, byte[] bytes)
    {
        using var read = group.Alice.Group.DeserializePending(bytes);
        group.Alice.Group.SerializePending(read).Dispose();
    }

    private static byte[] KeyPackage(FuzzGroup group)
    {
        using var state = group.Joiner.Bundle.Serialize();
        return state.Span.ToArray();
    }

    private static void ReadKeyPackage(byte[] bytes)
    {
        using var read = KeyPackageBundle.Deserialize(bytes);
        read.Serialize().Dispose();
    }
}
