using System.CommandLine;
using Skytale.Sdk;

namespace Skytale.Cli;

/// <summary>Options and arguments that several commands take.</summary>
internal static class Shared
{
    public static readonly Option<string?> Home = new("--home")
    {
        Description = "The folder with credentials and agents [default: SKYTALE_HOME, else ~/.skytale]",
        HelpName = "FOLDER",
        Recursive = true,
    };

    public static readonly Option<string> Transport = TransportOption();

    public static readonly Option<string?> Agent = new("--agent", "-a")
    {
        Description = "Which agent of this machine acts; may be left out when there is only one",
        HelpName = "NAME",
    };

    public static readonly Argument<string> Channel = new("channel")
    {
        Description = "org/namespace/service, such as acme/demo/hello; without the org it is your account's",
    };

    public static readonly Argument<string> Member = new("member")
    {
        Description = "An agent's id (did:key:…), or the name of an agent of this machine",
    };

    public static readonly Option<bool> Json = new("--json")
    {
        Description = "A JSON object a line: sequence, sender (did:key), text or content_base64, redelivered",
    };

    /// <summary>What the command line says of <see cref="Transport"/>.</summary>
    public static TransportChoice TransportOf(ParseResult parsed) => Enum.Parse<TransportChoice>(parsed.GetValue(Transport)!, ignoreCase: true);

    private static Option<string> TransportOption()
    {
        var option = new Option<string>("--transport")
        {
            Description = "How to reach the relay: QUIC, TLS on TCP where the network blocks UDP, or the first that gets through",
            HelpName = "auto|quic|tls",
            DefaultValueFactory = _ => "auto",
            Recursive = true,
        };
        return option.AcceptOnlyFromAmong("auto", "quic", "tls");
    }
}
