using System.Security.Cryptography;
using Skytale.Conformance;
using Skytale.Groups;
using Skytale.Mls.Crypto;
using Skytale.Protocol;
using Skytale.RelayLink;

namespace Skytale.Relay.Tests.Kit;

/// <summary>A SLIM proxy by its key, connected as the real one is.</summary>
internal sealed class TestProxy : IAsyncDisposable
{
    private readonly SignatureKeyPair _key = ChannelSuite.Default.GenerateSignatureKeyPair(RandomNumberGenerator.Fill);
    private RelayConnection? _connection;

    public AgentId Id => AgentId.FromPublicKey(_key.PublicKey.Value.Span);

    public RelayConnection Connection => _connection ?? throw new InvalidOperationException("Not connected.");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>A connection of a new proxy, which the relay trusts from now on.</summary>
    public static async Task<TestProxy> ConnectAsync(TestRelay relay, bool isDevelopment = false)
    {
        var proxy = new TestProxy();
        relay.Proxies.Trust(proxy.Id, isDevelopment);
        (await proxy.TryConnectAsync(relay)).ShouldBeNull();
        return proxy;
    }

    /// <summary>A new connection, the one before stays open; or the relay's refusal.</summary>
    public async Task<Refusal?> TryConnectAsync(TestRelay relay)
    {
        var opened = await RelayConnection.OpenAsync(relay.Transport, Dial(relay), Cancel);
        if (opened.IsSuccess)
            _connection = opened.Value;
        return opened.Refusal;
    }

    public RelayDial Dial(TestRelay relay) => DialOf(relay, _key);

    /// <summary>What a key dials with, without a token.</summary>
    public static RelayDial DialOf(TestRelay relay, SignatureKeyPair key)
    {
        var options = TransportPair.ConnectTo(relay.Server.LocalEndPoint);
        return new RelayDial
        {
            EndPoint = options.RemoteEndPoint,
            ServerName = options.ServerName,
            PinnedCertificateHash = options.PinnedCertificateHash,
            Token = null,
            AgentId = AgentId.FromPublicKey(key.PublicKey.Value.Span),
            SignProof = content => ChannelSuite.Default.Signature.Sign(key.PrivateKey, LabeledContent.Encode(LabeledContent.RelayProof, content.Span).Span).Memory,
        };
    }

    /// <summary>A link for a SLIM application of an agent's account; null: of nobody, in development.</summary>
    public async Task<TestLink> OpenAsync(TestAgent? agent = null)
    {
        var opened = await Connection.OpenSlimLinkAsync(agent?.SlimToken(), Cancel);
        opened.Refusal.ShouldBeNull();
        return new TestLink(opened.Value);
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is not null)
            await _connection.DisposeAsync();
        _key.Dispose();
    }
}
