using System.Text;

namespace Skytale.Tests.EndToEnd;

/// <summary>A person with a home folder and the <c>skytale</c> command.</summary>
public sealed class User : IAsyncDisposable
{
    public const string Password = "correct horse battery";
    private readonly TemporaryFolder _home = new();
    private readonly List<RunningProgram> _started = [];

    public string Home => _home.Path;

    /// <summary>Further variables of the environment in which this user's commands run.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    public string Email { get; } = $"{Guid.NewGuid():n}@example.org";

    public string Org { get; } = $"org{Guid.NewGuid():n}";

    /// <summary>A user with an account, a key and these agents.</summary>
    public static async Task<User> WithAgentsAsync(ServerProcess server, params string[] agents)
    {
        var user = new User();
        await user.SignUpAsync(server);
        (await user.RunAsync("keys", "create")).ShouldBeDone();
        foreach (var agent in agents)
            (await user.RunAsync("agent", "create", agent)).ShouldBeDone();
        return user;
    }

    public async Task SignUpAsync(ServerProcess server) =>
        (await RunWithInputAsync($"{Password}\n", "signup", "--email", Email, "--password-stdin", "--org", Org, "--server", server.Url, "--certificate", server.Certificate)).ShouldBeDone();

    /// <summary>A channel of this user's with its first members.</summary>
    /// <returns>Its name.</returns>
    public async Task<string> CreateChannelAsync(string service, string creator, params string[] others)
    {
        var name = $"{Org}/test/{service}";
        (await RunAsync("channel", "create", name, "--agent", creator)).ShouldBeDone();
        foreach (var other in others)
            (await RunAsync("channel", "add", name, other, "--agent", creator)).ShouldBeDone();
        return name;
    }

    public async Task<string> IdOfAsync(string agent)
    {
        var shown = await RunAsync("agent", "show", agent);
        shown.ShouldBeDone();
        return shown.Output.Single(line => line.StartsWith("id ", StringComparison.Ordinal)).Split(' ')[^1];
    }

    public string PathOf(string agent, string file) => Path.Combine(Home, "agents", agent, file);

    /// <summary>Starts a command that goes on.</summary>
    public RunningProgram Start(params string[] arguments)
    {
        var program = RunningProgram.Start("Skytale.Cli", "skytale", Home, Environment, arguments);
        _started.Add(program);
        return program;
    }

    /// <summary>Runs a command to its end.</summary>
    public Task<Finished> RunAsync(params string[] arguments) => RunWithInputAsync(Array.Empty<byte>(), arguments);

    public Task<Finished> RunWithInputAsync(string input, params string[] arguments) => RunWithInputAsync(Encoding.UTF8.GetBytes(input), arguments);

    public async Task<Finished> RunWithInputAsync(byte[] input, params string[] arguments)
    {
        await using var program = RunningProgram.Start("Skytale.Cli", "skytale", Home, Environment, arguments);
        await program.EndInputAsync(input);
        var exitCode = await program.EndAsync();
        return new Finished(string.Join(' ', arguments), exitCode, program.Output, program.Errors);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var program in _started)
            await program.DisposeAsync();
        _home.Dispose();
    }
}

/// <summary>What a command left.</summary>
public sealed record Finished(string Command, int ExitCode, IReadOnlyList<string> Output, IReadOnlyList<string> Errors)
{
    public void ShouldBeDone() => ExitCode.ShouldBe(0, ToString());

    /// <summary>Failed with one line on stderr, which says these things.</summary>
    public void ShouldFail(int exitCode, params string[] words)
    {
        ExitCode.ShouldBe(exitCode, ToString());
        Output.ShouldBeEmpty(ToString());
        var line = Errors.ShouldHaveSingleItem(ToString());
        line.ShouldStartWith("skytale: ", customMessage: ToString());
        foreach (var word in words)
            line.ShouldContain(word, Case.Insensitive, ToString());
    }

    public override string ToString() => $"skytale {Command} -> {ExitCode}\n{string.Join('\n', Output)}\n{string.Join('\n', Errors)}";
}
