using System.Collections.Immutable;
using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;

namespace Skytale.Mls.Messages;

// struct {
//     opaque path_secret<V>;
// } PathSecret;
//
// struct {
//     opaque joiner_secret<V>;
//     optional<PathSecret> path_secret;
//     PreSharedKeyID psks<V>;
// } GroupSecrets;

/// <summary>§12.4.3: what a new member is told in secret. Owns its secrets.</summary>
internal sealed class GroupSecrets(Secret joinerSecret, Secret? pathSecret, ImmutableArray<PreSharedKeyId> psks) : IWireStruct<GroupSecrets>, IDisposable
{
    public Secret JoinerSecret { get; } = joinerSecret;

    /// <summary>The path secret of the lowest node above both the committer and the new member; none when the commit had no path.</summary>
    public Secret? PathSecret { get; } = pathSecret;

    /// <summary>The PSKs of the commit, in its order.</summary>
    public ImmutableArray<PreSharedKeyId> Psks { get; } = psks;

    public void WriteTo(TlsWriter writer)
    {
        writer.WriteOpaque(JoinerSecret.Span);
        writer.WritePresence(PathSecret is not null);
        if (PathSecret is not null)
            writer.WriteOpaque(PathSecret.Span);
        writer.WriteVector(Psks);
    }

    /// <summary>The secrets are copied out, so that nothing refers to the reader's memory.</summary>
    public static GroupSecrets ReadFrom(ref TlsReader reader)
    {
        var joinerSecret = Secret.Copy(reader.ReadOpaque().Span);
        Secret? pathSecret = null;
        try
        {
            if (reader.ReadPresence())
                pathSecret = Secret.Copy(reader.ReadOpaque().Span);
            // Ids are public: copied, so that nothing refers to the decrypted buffer when that is zeroed.
            var psks = Opaque.Copy(reader.ReadOpaque().Span);
            return new GroupSecrets(joinerSecret, pathSecret, ReadPsks(psks));
        }
        catch (MlsException)
        {
            joinerSecret.Dispose();
            pathSecret?.Dispose();
            throw;
        }
    }

    /// <summary>Reads a decrypted structure that fills the secret exactly.</summary>
    public static GroupSecrets Decode(Secret plaintext)
    {
        var reader = new TlsReader(plaintext.Memory);
        var secrets = ReadFrom(ref reader);
        if (reader.Remaining == 0)
            return secrets;
        secrets.Dispose();
        throw new MlsException(MlsError.TrailingBytes, "GroupSecrets");
    }

    public void Dispose()
    {
        JoinerSecret.Dispose();
        PathSecret?.Dispose();
    }

    private static ImmutableArray<PreSharedKeyId> ReadPsks(Opaque content)
    {
        var psks = ImmutableArray.CreateBuilder<PreSharedKeyId>();
        var reader = new TlsReader(content.Memory);
        while (reader.Remaining > 0)
            psks.Add(PreSharedKeyId.ReadFrom(ref reader));
        return psks.DrainToImmutable();
    }
}
