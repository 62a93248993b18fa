using System.CommandLine;
using Skytale.Cli.Configuration;
using Skytale.Cli.Homes;
using Skytale.Cli.Terminal;

namespace Skytale.Cli.Commands;

/// <summary>A token, to be piped into what connects by itself: a SLIM application, a script.</summary>
internal sealed class TokenCreate : CliCommand
{
    private readonly Option<string?> _audience = new("--audience") { Description = "Whom it is for: 'slim' for SLIM proxies [default: the relay]", HelpName = "NAME" };

    public TokenCreate()
        : base(
            "token", "Print a token of one hour for an agent of the account, exchanged for the API key.",
            "skytale token --agent alice",
            "skytale token --agent alice --audience slim --scope 'receive:acme/news/*' | my-slim-application")
    {
        Options.Add(Shared.Agent);
        Options.Add(_audience);
        Options.Add(Scopes.Option);
    }

    protected override async Task RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var home = Home.Of(parsed);
        var key = Settings.ApiKey.Of(parsed) ?? throw new CliException(ExitCode.Failed, "This home has no API key.", "Run: skytale keys create");
        // An agent of another machine is named as the account knows it.
        var named = Settings.Agent.Of(parsed);
        var agent = named is null ? AgentFolder.Acting(home, name: null).Read().AgentId : named;
        using var api = Servers.Of(parsed, home).OfKey(key).Connect();
        var token = await api.CreateTokenAsync(key, agent, parsed.GetValue(_audience), Scopes.Of(parsed), cancellationToken);
        Output.Show(token, token.Token);
    }
}
