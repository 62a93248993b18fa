using System.Text.Json.Nodes;
using Google.Protobuf;

namespace Skytale.MlsInterop.Tests.Kit;

/// <summary>What a member that joined by a Welcome was told, in the format of the passive-client vectors.</summary>
internal sealed class Recording
{
    private readonly JsonObject _case = new() { ["external_psks"] = new JsonArray(), ["epochs"] = new JsonArray() };

    /// <summary>The case so far; the content of a file has it as its only one.</summary>
    public JsonObject Case => _case.DeepClone().AsObject();

    public void Start(uint suite, Wire.CreateKeyPackageResponse created)
    {
        _case["cipher_suite"] = suite;
        _case["key_package"] = Hex(created.KeyPackage);
        _case["init_priv"] = Hex(created.InitPriv);
        _case["encryption_priv"] = Hex(created.EncryptionPriv);
        _case["signature_priv"] = Hex(created.SignaturePriv);
    }

    public void Store(Wire.PreSharedKey psk) => _case["external_psks"]!.AsArray().Add(new JsonObject { ["psk_id"] = Hex(psk.PskId), ["psk"] = Hex(psk.PskSecret) });

    public void Join(ByteString welcome, ByteString tree, ByteString authenticator)
    {
        _case["welcome"] = Hex(welcome);
        _case["ratchet_tree"] = tree.IsEmpty ? null : Hex(tree);
        _case["initial_epoch_authenticator"] = Hex(authenticator);
    }

    public void Handle(ByteString[] proposals, ByteString commit, ByteString authenticator) => _case["epochs"]!.AsArray().Add(new JsonObject
    {
        ["proposals"] = new JsonArray([.. proposals.Select(proposal => Hex(proposal))]),
        ["commit"] = Hex(commit),
        ["epoch_authenticator"] = Hex(authenticator),
    });

    private static JsonNode Hex(ByteString bytes) => Convert.ToHexStringLower(bytes.Span);
}
