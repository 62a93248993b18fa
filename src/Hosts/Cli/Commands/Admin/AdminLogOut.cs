using System.CommandLine;
using Skytale.Cli.Homes;
using Skytale.Cli.Terminal;

namespace Skytale.Cli.Commands.Admin;

/// <summary>Forgets the administrator's token.</summary>
internal sealed class AdminLogOut : CliCommand
{
    public AdminLogOut()
        : base("logout", "Forget the administrator's token.", "skytale admin logout")
    {
    }

    protected override Task RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var path = Home.Of(parsed).AdminPath;
        var wasThere = File.Exists(path);
        if (wasThere)
            File.Delete(path);
        Output.Show(new { Forgotten = wasThere }, wasThere ? "forgotten" : "nobody was logged in");
        return Task.CompletedTask;
    }
}
