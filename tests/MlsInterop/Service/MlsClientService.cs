using System.Security.Cryptography;
using Google.Protobuf;
using Grpc.Core;
using Skytale.Mls;
using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.KeyPackages;
using Skytale.Mls.Messages;
using Skytale.Mls.Tree;
using Skytale.MlsInterop.State;

namespace Skytale.MlsInterop.Service;

/// <summary>The calls, a file for each group of them; here is what they share. One call runs at a time.</summary>
internal sealed partial class MlsClientService(Store store) : Wire.MLSClient.MLSClientBase
{
    private static readonly FillRandom Random = RandomNumberGenerator.Fill;

    // Wrong ids and what does not apply are thrown as they are; what the library refuses is the request's fault.
    private Task<T> Answer<T>(Func<T> answer)
    {
        lock (store)
        {
            try
            {
                return Task.FromResult(answer());
            }
            catch (MlsException e)
            {
                throw Refused.By(e);
            }
        }
    }

    private Task<T> AnswerFor<T>(uint stateId, Func<Member, T> answer) => Answer(() => answer(store.Get<Member>(stateId)));

    private static CipherSuite Suite(uint number) =>
        number <= ushort.MaxValue ? CipherSuite.Get((CipherSuiteId)number) : throw Refused.Invalid($"{MlsError.UnsupportedCipherSuite}: {number}");

    private static Opaque Bytes(ByteString bytes) => Opaque.Copy(bytes.Span);

    private static ByteString Bytes(Opaque bytes) => ByteString.CopyFrom(bytes.Span);

    private static ByteString Bytes(Secret secret)
    {
        var bytes = ByteString.CopyFrom(secret.Span);
        GC.KeepAlive(secret);
        return bytes;
    }

    private static ByteString Encoded(MlsMessage message) => Bytes(Tls.Encode(message));

    private static ByteString Encoded(Welcome? welcome) => welcome is null ? ByteString.Empty : Encoded(new MlsMessage(welcome));

    /// <summary>The tree beside the message, when the request wants it outside.</summary>
    private static ByteString Tree(bool external, RatchetTree tree) => external ? Bytes(Tls.Encode(tree)) : ByteString.Empty;

    private static RatchetTree? Tree(ByteString tree) => tree.IsEmpty ? null : Tls.Decode<RatchetTree>(Bytes(tree));

    private static MlsMessage Message(ByteString message) => Tls.Decode<MlsMessage>(Bytes(message));

    private static Welcome WelcomeOf(ByteString message) => Message(message).Welcome ?? throw Refused.Invalid($"{MlsError.WrongWireFormat}: no Welcome");

    private static GroupInfo GroupInfoOf(ByteString message) => Message(message).GroupInfo ?? throw Refused.Invalid($"{MlsError.WrongWireFormat}: no GroupInfo");

    private static KeyPackage KeyPackageOf(ByteString message) => Message(message).KeyPackage ?? throw Refused.Invalid($"{MlsError.WrongWireFormat}: no KeyPackage");
}
