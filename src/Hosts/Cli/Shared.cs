using System.CommandLine;
using Skytale.Cli.Completion;

namespace Skytale.Cli;

/// <summary>Options and arguments that several commands take; those of settings are read through <see cref="Configuration.Settings"/>.</summary>
internal static class Shared
{
    public static readonly Option<string?> Home = new("--home")
    {
        Description = "The folder with credentials and agents [default: ~/.skytale]",
        HelpName = "FOLDER",
        Recursive = true,
    };

    public static readonly Option<string?> Server = new("--server")
    {
        Description = "The API server's https address [default: the account's, else the server of this machine]",
        HelpName = "URL",
        Recursive = true,
    };

    public static readonly Option<string?> Certificate = new("--certificate")
    {
        Description = "Trust the server of --server with this certificate only: the SHA-256 that it printed [default: the system's trust]",
        HelpName = "SHA256",
        Recursive = true,
    };

    public static readonly Option<string?> Transport = TransportOption();

    public static readonly Option<string?> StoreKey = StoreKeyOption();

    public static readonly Option<bool> Json = new("--json")
    {
        Description = "Answer in JSON, and tell failures so on standard error; docs/cli.md has the shapes",
        Recursive = true,
    };

    public static readonly Option<string?> Agent = new("--agent", "-a")
    {
        Description = "Which agent of this machine acts; may be left out when there is only one",
        HelpName = "NAME",
        CompletionSources = { Completions.LocalAgents },
    };

    public static readonly Option<string?> Email = new("--email") { Description = "The account's e-mail address [default: asked for]", HelpName = "ADDRESS" };

    public static readonly Option<string?> ApiKeyFile = new("--api-key-file")
    {
        Description = "A file of mode 0600 with the API key to use [default: this home's]",
        HelpName = "FILE",
        Recursive = true,
    };

    public static readonly Argument<string> Channel = new("channel")
    {
        Description = "org/namespace/service, such as acme/demo/hello; without the org it is your account's",
    };

    public static readonly Argument<string> Member = new("member")
    {
        Description = "An agent's id (did:key:…), or the name of an agent of this machine",
        CompletionSources = { Completions.LocalAgents },
    };

    private static Option<string?> TransportOption()
    {
        var option = new Option<string?>("--transport")
        {
            Description = "How to reach the relay: QUIC, TLS on TCP where the network blocks UDP, or the first that gets through [default: auto]",
            HelpName = "auto|quic|tls",
            Recursive = true,
        };
        return option.AcceptOnlyFromAmong("auto", "quic", "tls");
    }

    private static Option<string?> StoreKeyOption()
    {
        var option = new Option<string?>("--store-key")
        {
            Description = "Where the key of an agent's store is: in a file beside it, or as skytale:NAME in the user's keyring of Linux, where you put it [default: file]",
            HelpName = "file|keyring",
            Recursive = true,
        };
        return option.AcceptOnlyFromAmong("file", "keyring");
    }
}
