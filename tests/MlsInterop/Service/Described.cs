using System.Security.Cryptography;
using Google.Protobuf;
using Google.Protobuf.Collections;
using Skytale.Mls;
using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Extensions;
using Skytale.Mls.Messages;
using Skytale.Mls.Proposals;
using Skytale.MlsInterop.State;

namespace Skytale.MlsInterop.Service;

/// <summary>Proposals as the runner describes them.</summary>
internal static class Described
{
    public static ExtensionList Extensions(RepeatedField<Wire.Extension> extensions) => new([.. extensions.Select(extension =>
        extension.ExtensionType <= ushort.MaxValue
            ? new Mls.Extensions.Extension((ExtensionType)extension.ExtensionType, Opaque.Copy(extension.ExtensionData.Span))
            : throw Refused.Invalid($"extension type {extension.ExtensionType} is no uint16"))]);

    public static ReInitProposal ReInit(ByteString groupId, CipherSuite suite, RepeatedField<Wire.Extension> extensions) =>
        new(Opaque.Copy(groupId.Span), ProtocolVersion.Mls10, suite.Id, Extensions(extensions));

    /// <summary>§8.4: with a fresh nonce of KDF.Nh bytes.</summary>
    public static PreSharedKeyProposal ExternalPsk(CipherSuite suite, ByteString id) => new(new ExternalPskId(Opaque.Copy(id.Span), Nonce(suite)));

    /// <summary>The same group's PSK of an earlier epoch.</summary>
    public static PreSharedKeyProposal ResumptionPsk(CipherSuite suite, Opaque groupId, ulong epoch) =>
        new(new ResumptionPskId(ResumptionPskUsage.Application, groupId, new Epoch(epoch), Nonce(suite)));

    public static Opaque Nonce(CipherSuite suite) => new(RandomNumberGenerator.GetBytes(suite.HashSize));
}
