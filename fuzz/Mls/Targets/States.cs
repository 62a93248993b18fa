using Skytale.Fuzz.Mls.Groups;
using Skytale.Fuzz.Mls.Running;
using Skytale.Mls.Groups;
using Skytale.Mls.KeyPackages;
using Skytale.Mls.PublicGroups;

namespace Skytale.Fuzz.Mls.Targets;

/// <summary>Stored state that was damaged: refused, or read as something that can be stored again.</summary>
internal static class States
{
    public static IEnumerable<Func<FuzzTarget>> All() =>
    [
        () => Target("public-group-state", group => group.Bob.Group.Public.Serialize().Span.ToArray(), (_, bytes) => PublicGroup.Deserialize(bytes).Serialize()),
        () => Target("epoch-state", group => group.Bob.Save()[0], (group, bytes) => Read(group, 0, bytes)),
        () => Target("receiving-state", group => group.Bob.Save()[1], (group, bytes) => Read(group, 1, bytes)),
        () => Target("sending-state", group => group.Bob.Save()[2], (group, bytes) => Read(group, 2, bytes)),
        () => Target("pending-state", Pending, ReadPending),
        () => Target("key-package-state", KeyPackage, ReadKeyPackage),
    ];

    private static StatelessTarget Target(string name, Func<FuzzGroup, byte[]> valid, Action<FuzzGroup, byte[]> read)
    {
        var group = new FuzzGroup();
        return new StatelessTarget(name, group, [valid(group)], bytes => read(group, bytes));
    }

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

    private static void ReadKeyPackage(FuzzGroup group, byte[] bytes)
    {
        using var read = KeyPackageBundle.Deserialize(bytes);
        read.Serialize().Dispose();
    }
}
