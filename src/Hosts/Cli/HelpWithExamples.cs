using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Skytale.Cli;

/// <summary>The library's help with examples below it; at the root, the way from nothing to a first message and the exit codes.</summary>
internal sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
{
    private const string FirstSteps = """
        First steps (skytale-server runs on this machine):
          skytale signup --email you@example.org --org acme
          skytale keys create
          skytale agent create alice
          skytale agent create bob
          skytale channel create acme/demo/hello --agent alice
          skytale channel add acme/demo/hello bob --agent alice
          skytale send acme/demo/hello "Hello, Bob" --agent alice
          skytale listen acme/demo/hello --agent bob --count 1


        """;

    // A wrong command line beside --help is what the help is asked for.
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        help.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        if (parseResult.CommandResult.Command is CliCommand { Examples: { Count: > 0 } examples })
        {
            output.WriteLine("Examples:");
            foreach (var example in examples)
                output.WriteLine($"  {example}");
            output.WriteLine();
        }
        else if (parseResult.CommandResult.Command is RootCommand)
        {
            output.Write(FirstSteps);
            output.WriteLine("Exit codes:");
            foreach (var (code, _, meaning) in ExitCode.All)
                output.WriteLine($"  {code,3}  {meaning}");
            output.WriteLine();
        }
        return ExitCode.Done;
    }
}
