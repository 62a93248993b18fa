using System.CommandLine;

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
}
