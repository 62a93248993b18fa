using System.Buffers.Binary;
using System.Collections.Immutable;
using Skytale.Mls.Codec;
using Skytale.Mls.Credentials;
using Skytale.Mls.Crypto;
using Skytale.Mls.KeyPackages;
using Skytale.Mls.Proposals;

namespace Skytale.Mls.Extensions;

/// <summary>
/// §13.5: values that mean nothing, put where everybody must ignore what it does not know, so that who does not is found
/// out. Receiving knows nothing of them: they are unknown values like others.
/// </summary>
public static class Grease
{
    private const int MaxDataSize = 16;

    /// <summary>0x0A0A, 0x1A1A, … 0xEAEA, reserved in each registry.</summary>
    public static ImmutableArray<ushort> Values { get; } = [.. Enumerable.Range(0, 15).Select(i => (ushort)(0x0A0A + i * 0x1010))];

    /// <summary>Adds values to the lists of a client's capabilities, to its leaf's extensions and to those of its key package.</summary>
    public static KeyPackageOptions Into(KeyPackageOptions options, FillRandom random)
    {
        var (ofLeaf, ofPackage) = (NewExtension(options.LeafExtensions, random), NewExtension(options.Extensions, random));
        var capabilities = options.Capabilities;
        return options with
        {
            Capabilities = capabilities with
            {
                CipherSuites = Insert(capabilities.CipherSuites, (CipherSuiteId)Pick(random), random),

                // §7.2: what stands in the leaf's or the package's extensions is listed.
                Extensions = Insert(Insert(capabilities.Extensions, ofLeaf.Type, random), ofPackage.Type, random),
                Proposals = Insert(capabilities.Proposals, (ProposalType)Pick(random), random),
                Credentials = Insert(capabilities.Credentials, (CredentialType)Pick(random), random),
            },
            LeafExtensions = new ExtensionList([.. options.LeafExtensions.All, ofLeaf]),
            Extensions = new ExtensionList([.. options.Extensions.All, ofPackage]),
        };
    }

    /// <summary>Adds an extension to those of a GroupInfo.</summary>
    public static ExtensionList IntoGroupInfo(ExtensionList extensions, FillRandom random) =>
        new([.. extensions.All, NewExtension(extensions, random)]);

    // A type that the list does not hold, with up to 16 random bytes.
    private static Extension NewExtension(ExtensionList beside, FillRandom random)
    {
        ExtensionType type;
        do
        {
            type = (ExtensionType)Pick(random);
        }
        while (beside.Find(type) is not null);
        var data = new byte[Number(random, MaxDataSize + 1)];
        random(data);
        return new Extension(type, new Opaque(data));
    }

    private static ImmutableArray<T> Insert<T>(ImmutableArray<T> list, T value, FillRandom random) =>
        list.Contains(value) ? list : list.Insert(Number(random, list.Length + 1), value);

    private static ushort Pick(FillRandom random) => Values[Number(random, Values.Length)];

    private static int Number(FillRandom random, int below)
    {
        Span<byte> bytes = stackalloc byte[4];
        random(bytes);
        return (int)(BinaryPrimitives.ReadUInt32BigEndian(bytes) % (uint)below);
    }
}
