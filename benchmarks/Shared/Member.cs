using System.Net;
using System.Security.Cryptography;
using Skytale.Accounts;
using Skytale.Application.Ports;
using Skytale.Groups;
using Skytale.Mls.Crypto;
using Skytale.Mls.KeyPackages;
using Skytale.Protocol;
using Skytale.Protocol.Transport;
using Skytale.RelayLink;
using Skytale.Security.Tokens;

namespace Skytale.Benchmarks;

/// <summary>Where the relay is, as one process tells another.</summary>
/// <param name="Certificate">SHA-256 of its certificate, hexadecimal.</param>
internal sealed record RelayPlace(string Address, string Name, string Certificate);

/// <summary>An agent that may connect: its identity and a token.</summary>
/// <param name="Seed">The identity key's seed, hexadecimal: this agent lives as long as a run.</param>
internal sealed record Member(string Seed, string Token)
{
    public const string Org = "bench";

    public static Member Create(TokenIssuer issuer)
    {
        using var signer = ChannelSuite.Default.GenerateSignatureKeyPair(RandomNumberGenerator.Fill);
        var account = AccountId.FromRandom(RandomNumberGenerator.GetBytes(AccountId.Size));
        var agent = new Agent(AgentId.FromPublicKey(signer.PublicKey.Value.Span), account, AgentName.Parse("bench"), DateTimeOffset.UtcNow);
        var grant = new AgentGrant(agent, KeyId.FromRandom(RandomNumberGenerator.GetBytes(KeyId.Size)), [OrgName.Parse(Org)], ScopeSet.Everything);
        return new Member(Convert.ToHexString(signer.PrivateKey.Value.Span), issuer.IssueForAgent(grant).Token.Reveal());
    }

    public SignatureKeyPair OpenKey() => ChannelSuite.Default.Signature.FromSeed(Convert.FromHexString(Seed));

    public KeyPackageBundle NewKeyPackage()
    {
        var key = OpenKey(); // The bundle refers to it.
        return KeyPackageBundle.Create(
            ChannelSuite.Default, key, AgentLeaf.CredentialOf(IdOf(key)), AgentKeyPackages.OptionsFor(DateTimeOffset.UtcNow), RandomNumberGenerator.Fill);
    }

    public async Task<RelayConnection> ConnectAsync(ITransport transport, RelayPlace relay)
    {
        using var key = OpenKey();
        var opened = await RelayConnection.OpenAsync(transport, new RelayDial
        {
            EndPoint = IPEndPoint.Parse(relay.Address),
            ServerName = relay.Name,
            PinnedCertificateHash = Convert.FromHexString(relay.Certificate),
            Token = Token,
            AgentId = IdOf(key),
            SignProof = content => ChannelSuite.Default.Signature.Sign(key.PrivateKey, LabeledContent.Encode(LabeledContent.RelayProof, content.Span).Span).Memory,
        });
        return opened.Value;
    }

    private static AgentId IdOf(SignatureKeyPair key) => AgentId.FromPublicKey(key.PublicKey.Value.Span);
}
