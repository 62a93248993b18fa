using System.Text.Json;
using Skytale.LivePeers.Tests.Peers;

namespace Skytale.LivePeers.Tests.Slim;

/// <summary>What an application shows to be let in, and whom it trusts.</summary>
/// <param name="Ca">PEM of the root that it trusts; null: plaintext.</param>
/// <param name="TokenFile">A file with a Bearer token.</param>
/// <param name="User">With <paramref name="Password"/>: Basic.</param>
internal sealed record Credentials(string? Ca = null, string? TokenFile = null, string? User = null, string? Password = null);

/// <summary>Who an application is by JSON web tokens that it signs itself, and whose it believes; the keys are PEM.</summary>
internal sealed record JwtIdentity(string Subject, string Issuer, string Audience, string SigningKey, string TrustedKey);

/// <summary>How a session is to be.</summary>
/// <param name="MaxRetries">There in a reliable session.</param>
/// <param name="Interval">Milliseconds between them.</param>
internal sealed record SessionKind(bool Mls = false, int? MaxRetries = 10, int Interval = 500)
{
    public override string ToString() => $"{(MaxRetries is null ? "unreliable" : "reliable")}, {(Mls ? "MLS" : "plaintext")}";
}

/// <summary>A message as the application got it.</summary>
internal sealed record Got(string Sha256, int Size, string? Text, string Source, string Type, Dictionary<string, string> Metadata);

/// <summary>A SLIM application over the real client, in a process of its own.</summary>
internal sealed class SlimApplication : IAsyncDisposable
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);
    private readonly PeerProcess _peer = PeerProcess.StartSlim();

    private SlimApplication(string name) => Name = name;

    public string Name { get; }

    /// <summary>Starts one, connects it and subscribes its name.</summary>
    /// <param name="attempts">How often it tries to connect; null: until it is in.</param>
    /// <param name="identity">Who it is to other applications; null: by the secret that all share.</param>
    /// <exception cref="PeerException">It was not let in.</exception>
    public static async Task<SlimApplication> ConnectAsync(string endpoint, string name, Credentials? credentials = null, int? attempts = null, JwtIdentity? identity = null)
    {
        var application = new SlimApplication(name);
        try
        {
            var shown = credentials ?? new Credentials();
            await application.AskAsync("connect", ("endpoint", endpoint), ("name", name), ("ca", shown.Ca), ("token", shown.TokenFile), ("user", shown.User), ("password", shown.Password), ("attempts", attempts), ("identity", identity));
            return application;
        }
        catch
        {
            await application.DisposeAsync();
            throw;
        }
    }

    /// <summary>Opens a session with another application, which has to <see cref="ListenAsync"/>.</summary>
    public async Task<int> OpenAsync(string peer, SessionKind kind) => SessionOf(await OpenAsync(peer, kind, isGroup: false));

    /// <summary>Opens a group of this name with nobody else in it.</summary>
    public async Task<int> OpenGroupAsync(string name, SessionKind kind) => SessionOf(await OpenAsync(name, kind, isGroup: true));

    /// <summary>The next session that another application opens with this one.</summary>
    public async Task<int> ListenAsync() => SessionOf(await AskAsync("listen"));

    public Task InviteAsync(int session, string peer) => AskAsync("invite", ("session", session), ("peer", peer));

    public Task RemoveAsync(int session, string peer) => AskAsync("remove", ("session", session), ("peer", peer));

    /// <summary>Goes away for a while, and tells the group.</summary>
    public Task GoAwayAsync(int session) => AskAsync("goAway", ("session", session));

    /// <summary>Comes back; done when the group has taken it in.</summary>
    public Task RejoinAsync(int session) => AskAsync("rejoin", ("session", session));

    /// <summary>Who takes part, as this application knows it.</summary>
    public async Task<IReadOnlyList<string>> MembersAsync(int session) =>
        [.. (await AskAsync("members", ("session", session))).GetProperty("members").EnumerateArray().Select(member => member.GetString()!)];

    /// <summary>Sends a text, and waits until the session has done what it can.</summary>
    public Task PublishAsync(int session, string text, string? type = null, Dictionary<string, string>? metadata = null) =>
        AskAsync("publish", ("session", session), ("text", text), ("type", type), ("metadata", metadata));

    /// <summary>Sends random bytes; gives their SHA-256.</summary>
    public async Task<string> PublishAsync(int session, int size) =>
        (await AskAsync("publish", ("session", session), ("size", size))).GetProperty("sha256").GetString()!;

    public async Task<Got> ReceiveAsync(int session) => (await AskAsync("receive", ("session", session))).Deserialize<Got>(s_json)!;

    /// <summary>Subscribes another name than its own.</summary>
    public Task SubscribeAsync(string name) => AskAsync("subscribe", ("name", name));

    public ValueTask DisposeAsync() => _peer.DisposeAsync();

    private static int SessionOf(JsonElement answer) => answer.GetProperty("session").GetInt32();

    private Task<JsonElement> OpenAsync(string peer, SessionKind kind, bool isGroup) =>
        AskAsync("open", ("peer", peer), ("group", isGroup), ("mls", kind.Mls), ("maxRetries", kind.MaxRetries), ("interval", kind.Interval));

    /// <summary>What is null is left out: the client tells that apart from null.</summary>
    private Task<JsonElement> AskAsync(string operation, params (string Name, object? Value)[] arguments) =>
        _peer.AskAsync(operation, arguments.Where(argument => argument.Value is not null).ToDictionary(argument => argument.Name, argument => argument.Value));
}
