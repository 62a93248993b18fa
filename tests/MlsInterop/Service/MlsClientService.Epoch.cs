using System.Text;
using Google.Protobuf;
using Grpc.Core;
using Skytale.Mls;
using Skytale.Mls.Groups;
using Skytale.Mls.Messages;
using Skytale.MlsInterop.State;

namespace Skytale.MlsInterop.Service;

/// <summary>What a member does in an epoch.</summary>
internal sealed partial class MlsClientService
{
    public override Task<Wire.GroupInfoResponse> GroupInfo(Wire.GroupInfoRequest request, ServerCallContext context) => AnswerFor(request.StateId, member =>
    {
        var groupInfo = member.Group.ExportGroupInfo(new GroupInfoOptions { RatchetTree = !request.ExternalTree, ExternalPub = true });
        return new Wire.GroupInfoResponse { GroupInfo = Encoded(new MlsMessage(groupInfo)), RatchetTree = Tree(request.ExternalTree, member.Group.Public.Tree) };
    });

    public override Task<Wire.StateAuthResponse> StateAuth(Wire.StateAuthRequest request, ServerCallContext context) =>
        AnswerFor(request.StateId, member => new Wire.StateAuthResponse { StateAuthSecret = Bytes(member.EpochAuthenticator) });

    public override Task<Wire.ExportResponse> Export(Wire.ExportRequest request, ServerCallContext context) => AnswerFor(request.StateId, member =>
    {
        // Longer than any KDF gives; the library says how long a suite's may be.
        var length = (int)Math.Min(request.KeyLength, int.MaxValue);
        using var secret = member.Group.Export(Encoding.UTF8.GetBytes(request.Label), request.Context.Span, length);
        return new Wire.ExportResponse { ExportedSecret = Bytes(secret) };
    });

    public override Task<Wire.ProtectResponse> Protect(Wire.ProtectRequest request, ServerCallContext context) => AnswerFor(request.StateId, member =>
    {
        var message = member.Group.Protect(request.Plaintext.Span, request.AuthenticatedData.Span, 0, Random);
        return new Wire.ProtectResponse { Ciphertext = Encoded(new MlsMessage(message)) };
    });

    public override Task<Wire.UnprotectResponse> Unprotect(Wire.UnprotectRequest request, ServerCallContext context) => AnswerFor(request.StateId, member =>
    {
        var message = Message(request.Ciphertext).PrivateMessage ?? throw Refused.Invalid($"{MlsError.WrongWireFormat}: no PrivateMessage");
        using var read = member.At(message.Epoch).Unprotect(message);
        return new Wire.UnprotectResponse { AuthenticatedData = Bytes(read.AuthenticatedData), Plaintext = ByteString.CopyFrom(read.Plaintext.Span) };
    });

    public override Task<Wire.StorePSKResponse> StorePSK(Wire.StorePSKRequest request, ServerCallContext context) => Answer(() =>
    {
        var psks = store.Find(request.StateOrTransactionId) switch
        {
            Member member => member.Psks,
            Transaction transaction => transaction.Psks,
            _ => throw Refused.NotFound($"{request.StateOrTransactionId} is neither a state nor a transaction"),
        };
        psks.Store(Bytes(request.PskId), request.PskSecret.Span);
        return new Wire.StorePSKResponse();
    });

    public override Task<Wire.FreeResponse> Free(Wire.FreeRequest request, ServerCallContext context) => AnswerFor(request.StateId, _ =>
    {
        store.Remove(request.StateId);
        return new Wire.FreeResponse();
    });
}
