using Skytale.Mls.Codec;
using Skytale.Protocol;

namespace Skytale.Groups;

// struct {
//     opaque account_id<V>;
//     opaque name<V>;
//     opaque agent_id<V>;
// } AgentRegistrationContent;

/// <summary>What an identity key signs, under <see cref="LabeledContent.AgentRegistration"/>, to enter an account: nobody can register a key that is not theirs.</summary>
public static class AgentRegistrationContent
{
    /// <summary>The content's bytes.</summary>
    public static Opaque Encode(string accountId, string name, AgentId agentId)
    {
        using var writer = new TlsWriter();
        writer.WriteOpaque(System.Text.Encoding.UTF8.GetBytes(accountId));
        writer.WriteOpaque(System.Text.Encoding.UTF8.GetBytes(name));
        writer.WriteOpaque(System.Text.Encoding.UTF8.GetBytes(agentId.ToString()));
        return writer.ToOpaque();
    }
}
