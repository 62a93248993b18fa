using System.Text.Json;
using Skytale.Protocol;
using Skytale.Sdk;
using Skytale.Sdk.Api;

namespace Skytale.Benchmarks.Messages;

/// <summary>Where an agent's state lives and what it connects with, as one process tells another.</summary>
/// <param name="Key">Of the store, hexadecimal: this agent lives as long as a run.</param>
internal sealed record AgentPlace(string Store, string Key, string Did, string Api, string Certificate, string ApiKey)
{
    public static AgentPlace Parse(string text) => JsonSerializer.Deserialize<AgentPlace>(text)!;

    public async Task<SkytaleAgent> ConnectAsync(SkytaleApiClient api) => await SkytaleAgent.ConnectAsync(new SkytaleAgentOptions
    {
        StorePath = Store,
        StoreKey = Convert.FromHexString(Key),
        GetRelayAccess = stop => api.GetRelayAccessAsync(ApiKey, AgentId.TryParse(Did, out var id) ? id : throw new InvalidOperationException(Did), stop),
    });

    public SkytaleApiClient OpenApi() => new(new Uri(Api), Convert.FromHexString(Certificate));

    public override string ToString() => JsonSerializer.Serialize(this);
}
