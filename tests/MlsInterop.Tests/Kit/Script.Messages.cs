using Google.Protobuf;

namespace Skytale.MlsInterop.Tests.Kit;

/// <summary>Application messages, and what must be equal at all members.</summary>
internal sealed partial class Script
{
    public async Task<ByteString> ProtectAsync(string by, string plaintext) => (await this[by].Rpc.ProtectAsync(new()
    {
        StateId = this[by].StateId,
        AuthenticatedData = ByteString.CopyFromUtf8("about " + plaintext),
        Plaintext = ByteString.CopyFromUtf8(plaintext),
    })).Ciphertext;

    public async Task ReadsAsync(string by, ByteString ciphertext, string plaintext)
    {
        var read = await this[by].Rpc.UnprotectAsync(new() { StateId = this[by].StateId, Ciphertext = ciphertext });
        read.Plaintext.ToStringUtf8().ShouldBe(plaintext);
        read.AuthenticatedData.ToStringUtf8().ShouldBe("about " + plaintext);
    }

    /// <summary>All of them are in one epoch, export the same and read each other.</summary>
    public async Task AgreeAsync(params string[] names)
    {
        var authenticator = await StateAuthAsync(names[0]);
        var exported = await ExportAsync(names[0]);
        foreach (var name in names)
        {
            (await StateAuthAsync(name)).ShouldBe(authenticator, name);
            (await ExportAsync(name)).ShouldBe(exported, name);
            var message = await ProtectAsync(name, "from " + name);
            foreach (var reader in names.Where(reader => reader != name))
                await ReadsAsync(reader, message, "from " + name);
        }
    }

    private async Task<ByteString> ExportAsync(string name) => (await this[name].Rpc.ExportAsync(new()
    {
        StateId = this[name].StateId,
        Label = "a label",
        Context = ByteString.CopyFromUtf8("a context"),
        KeyLength = 50,
    })).ExportedSecret;
}
