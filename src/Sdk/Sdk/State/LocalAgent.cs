using System.Text.Json.Serialization;
using Skytale.Protocol;

namespace Skytale.Sdk.State;

/// <summary>What <c>agents/NAME/agent.json</c> holds: nothing secret, and readable while the store is in use.</summary>
/// <param name="AccountId">The account that it is registered in; null between the making of its key and its registration.</param>
/// <param name="Org">An organisation of that account, which channel names of two parts get in front; null where none was known.</param>
internal sealed record LocalAgent(string Name, string AgentId, string? AccountId, string? Org = null)
{
    [JsonIgnore]
    public AgentId Id => Protocol.AgentId.TryParse(AgentId, out var id)
        ? id
        : throw new SkytaleException(SkytaleError.StoreCorrupt, $"agent.json of '{Name}' holds no did:key.", "Restore the file.");
}
