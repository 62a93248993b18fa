using System.Net;
using System.Text.Json;
using Skytale.Sdk;

namespace Skytale.Chaos.Agents;

/// <summary>What an agent's process finds in its folder: its store's key, a token for the relay, the channels to be in.</summary>
internal sealed record AgentFile(string StoreKey, string Token, string EndPoint, string ServerName, string Certificate, string[] Channels)
{
    public static string StoreIn(string folder) => Path.Combine(folder, "agent.db");

    public static AgentFile Read(string folder) => JsonSerializer.Deserialize<AgentFile>(File.ReadAllText(PathIn(folder)))!;

    public void Write(string folder)
    {
        var next = PathIn(folder) + ".next";
        File.WriteAllText(next, JsonSerializer.Serialize(this));
        File.Move(next, PathIn(folder), overwrite: true);
    }

    public RelayAccess ToAccess() => new(Token, IPEndPoint.Parse(EndPoint), ServerName, Convert.FromHexString(Certificate));

    private static string PathIn(string folder) => Path.Combine(folder, "agent.json");
}
