using System.Security.Cryptography;
using Skytale.Accounts;
using Skytale.Application.Ports;
using Skytale.Groups;
using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Groups;
using Skytale.Mls.KeyPackages;
using Skytale.Mls.Messages;
using Skytale.Protocol.Frames;
using Skytale.Protocol.Transport;
using Skytale.Protocol;
using Skytale.RelayLink;

namespace Skytale.Relay.Tests.Kit;

/// <summary>An agent that does by hand what the SDK does: an identity, a token, one connection, and the state of one channel.</summary>
internal sealed partial class TestAgent(TestRelay relay, string org) : IAsyncDisposable
{
    private TestConnection? _connection;

    public AccountId Account { get; init; } = AccountId.FromRandom(RandomNumberGenerator.GetBytes(AccountId.Size));

    /// <summary>What its tokens allow.</summary>
    public ScopeSet Scopes { get; set; } = ScopeSet.Everything;

    /// <summary>The API key that its tokens were asked for with.</summary>
    public KeyId Key { get; init; } = KeyId.FromRandom(RandomNumberGenerator.GetBytes(KeyId.Size));

    public SignatureKeyPair Signer { get; } = ChannelSuite.Default.GenerateSignatureKeyPair(RandomNumberGenerator.Fill);

    public AgentId Id => AgentId.FromPublicKey(Signer.PublicKey.Value.Span);

    public TestConnection Connection => _connection ?? throw new InvalidOperationException("Not connected.");

    /// <summary>A token for this agent, good now.</summary>
    public string Token(ITokenIssuer? issuer = null) => (issuer ?? relay.Issuer)
        .IssueForAgent(new AgentGrant(new Accounts.Agent(Id, Account, AgentName.Parse("a"), relay.Time.GetUtcNow()), Key, [OrgName.Parse(org)], Scopes)).Token.Reveal();

    /// <summary>A token with which a SLIM application opens links for this agent.</summary>
    public string SlimToken() => relay.Issuer
        .IssueForSlim(new AgentGrant(new Accounts.Agent(Id, Account, AgentName.Parse("a"), relay.Time.GetUtcNow()), Key, [OrgName.Parse(org)], Scopes)).Token.Reveal();

    /// <summary>What the SDK dials with.</summary>
    public RelayDial Dial() => TestProxy.DialOf(relay, Signer) with { Token = Token() };

    public Hello Hello(string? token = null, string serverName = TestRelay.Name) =>
        new(token ?? Token(), Id, serverName, RandomNumberGenerator.GetBytes(Nonce.Size));

    /// <summary>The identity key's signature for a handshake.</summary>
    public Proof Prove(Greeting hello, Challenge challenge, ITransportConnection seen, byte[]? certificateHash = null)
    {
        var content = new ProofContent(hello.ServerName, certificateHash ?? seen.ServerCertificateHash, hello, challenge.ServerNonce).Encode();
        return new Proof(ChannelSuite.Default.Signature.Sign(Signer.PrivateKey, LabeledContent.Encode(LabeledContent.RelayProof, content).Span).Memory);
    }

    /// <summary>The whole handshake on a new connection; the one before stays open.</summary>
    public async Task<TestConnection> ConnectAsync(string serverName = TestRelay.Name, ITransport? over = null)
    {
        _connection = await relay.DialAsync(over);
        var hello = Hello(serverName: serverName);
        await _connection.SendAsync(hello);
        var challenge = await _connection.ReadAsync<Challenge>();
        await _connection.SendAsync(Prove(hello, challenge, _connection.Transport));
        (await _connection.ReadAsync<Ready>()).Relay.ShouldBe(TestRelay.Name);
        return _connection;
    }

    public KeyPackageBundle NewBundle(Func<KeyPackageOptions, KeyPackageOptions>? change = null)
    {
        var options = AgentKeyPackages.OptionsFor(relay.Time.GetUtcNow());
        return KeyPackageBundle.Create(ChannelSuite.Default, Signer, AgentLeaf.CredentialOf(Id), change?.Invoke(options) ?? options, RandomNumberGenerator.Fill);
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is not null)
            await _connection.DisposeAsync();
        _group?.Dispose();
        foreach (var bundle in _bundles)
            bundle.Dispose();
        Signer.Dispose();
    }

    public static ReadOnlyMemory<byte> Encode(MlsMessage message) => Tls.Encode(message).Memory;

    private static MlsMessage Decode(ReadOnlyMemory<byte> bytes) => Tls.Decode<MlsMessage>(bytes.Span);
}
