using Skytale.SlimWire;
using Skytale.SlimWire.Messages;

namespace Skytale.Slim.Tests.Wire;

/// <summary>What the real client once sent: <c>real-client.txt</c>.</summary>
internal static class RealClient
{
    private static readonly Dictionary<string, byte[]> s_recorded = Read();

    public static LinkNegotiation Negotiation => Message("link").Link.LinkNegotiation;

    /// <summary>The subscription of its own name.</summary>
    public static Subscribe Subscribe => Message("subscribe").Subscribe;

    /// <summary>The discovery of a peer, which opens a session.</summary>
    public static Message Publish => Message("publish");

    /// <summary>The MAC of the recorded link.</summary>
    public static HeaderMac Mac()
    {
        using var key = new LinkKey(s_recorded["private"]);
        return key.Agree(Negotiation.LinkEcdhPublicKey.Span, Negotiation.LinkId).ShouldNotBeNull();
    }

    private static Message Message(string name) => SlimWire.Messages.Message.Parser.ParseFrom(s_recorded[name]);

    private static Dictionary<string, byte[]> Read()
    {
        using var file = new StreamReader(typeof(RealClient).Assembly.GetManifestResourceStream("real-client.txt")!);
        return file.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#')
            .Select(line => line.Split(' ')).ToDictionary(words => words[0], words => Convert.FromHexString(words[1]));
    }
}
