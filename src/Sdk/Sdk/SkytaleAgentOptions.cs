using Microsoft.Extensions.Logging;
using Skytale.Protocol.Transport;
using Skytale.Quic;

namespace Skytale.Sdk;

/// <summary>
/// What an agent needs to connect; everything has a default but the name. What is left out is looked for in the environment, then
/// in the state folder, by the same rules as the command <c>skytale</c>: agents and credentials are shared with it.
/// </summary>
public sealed class SkytaleAgentOptions
{
    /// <summary>The agent's name in its account. Null: <c>SKYTALE_AGENT</c>, else <c>agent</c> of config.json.</summary>
    public string? Name { get; set; }

    /// <summary>
    /// An API key of the account, which is exchanged for tokens; on first use it needs the scope <c>register</c>.
    /// Null: <c>SKYTALE_API_KEY</c>, else the one that <c>skytale keys create</c> left in the state folder.
    /// </summary>
    public string? ApiKey { get; set; }

    /// <summary>The API server's https address. Null: <c>SKYTALE_SERVER</c>, else config.json, else the account's, else the server of this machine.</summary>
    public Uri? Server { get; set; }

    /// <summary>SHA-256 of the only certificate to trust at <see cref="Server"/>, 64 hexadecimal digits. Null: <c>SKYTALE_CERTIFICATE</c>, else the system's roots decide.</summary>
    public string? Certificate { get; set; }

    /// <summary>The state folder: agents live in <c>agents/NAME</c> there. Null: <c>SKYTALE_HOME</c>, else <c>~/.skytale</c>.</summary>
    public string? Home { get; set; }

    /// <summary>
    /// What the agent's store is encrypted with. Null: what <c>SKYTALE_STORE_KEY</c> says, else <c>store_key</c> of config.json, <c>file</c> or
    /// <c>keyring</c> (the key <c>skytale:NAME</c>), else <see cref="StoreKey.FromFile"/>.
    /// </summary>
    public StoreKey? StoreKey { get; set; }

    /// <summary>What the connection may go over. Null: <c>SKYTALE_TRANSPORT</c>, else config.json, else <see cref="TransportChoice.Auto"/>.</summary>
    public TransportChoice? TransportChoice { get; set; }

    /// <summary>Whose QUIC, where it goes over QUIC.</summary>
    public QuicImplementation Quic { get; set; }

    /// <summary>When the agent gives itself new keys in its channels without being asked to; seven days after the last ones unless told.</summary>
    public KeyRotation KeyRotation { get; set; } = new();

    /// <summary>What hides the size of the agent's messages; buckets unless told.</summary>
    public MessagePadding Padding { get; set; }

    /// <summary>The clock; null: the system's.</summary>
    public TimeProvider? Time { get; set; }

    /// <summary>Where to log, without content or keys; null: nowhere.</summary>
    public ILoggerFactory? Logging { get; set; }

    /// <summary>
    /// For an application that makes and registers its agents by itself: the store that <see cref="SkytaleAgent.CreateStoreAsync"/>
    /// made. Neither state folder nor environment is looked at then, and <see cref="GetRelayAccess"/> is needed.
    /// </summary>
    public string? StorePath { get; set; }

    /// <summary>
    /// Asked before each connection, because tokens live for an hour: a token, and where the relay is. With it an agent connects
    /// where no API key may be, by tokens that its owner's own service hands out. Only with <see cref="StorePath"/>.
    /// </summary>
    public Func<CancellationToken, Task<RelayAccess>>? GetRelayAccess { get; set; }

    /// <summary>What carries the connection, the caller's to dispose; null: what <see cref="TransportChoice"/> says.</summary>
    public ITransport? Transport { get; set; }

    /// <summary>Name and state folder or store, never a key.</summary>
    public override string ToString() => StorePath ?? $"{Name} in {Home}";
}
