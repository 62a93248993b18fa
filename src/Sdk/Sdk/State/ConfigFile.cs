using System.Text.Json.Serialization;

namespace Skytale.Sdk.State;

/// <summary>What <c>config.json</c> of a home may hold; no secret does. A name that is not here is a mistake, and told.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record ConfigFile(string? Server = null, string? Certificate = null, string? Transport = null, string? Agent = null, string? Email = null, bool? Json = null, string? StoreKey = null);
