using System.CommandLine;
using Skytale.Cli.Homes;

namespace Skytale.Cli.Terminal;

/// <summary>
/// Where a secret comes from: a file, standard input, or the person at the terminal; never an argument, which everybody on the
/// machine sees in the list of processes.
/// </summary>
/// <param name="name">Its name in options: <c>--NAME-file</c>, <c>--NAME-stdin</c>.</param>
/// <param name="words">Its name for people.</param>
internal sealed class SecretSource(string name, string words)
{
    public static readonly SecretSource Password = new("password", "password");

    public static readonly SecretSource NewPassword = new("new-password", "new password");

    public static readonly SecretSource AdminKey = new("admin-key", "administrator's key");

    private readonly Option<string?> _file = new($"--{name}-file") { Description = $"A file of mode 0600 with the {words} in its first line", HelpName = "FILE" };

    private readonly Option<bool> _stdin = new($"--{name}-stdin") { Description = $"Read the {words} from the next line of standard input" };

    public void AddTo(Command command)
    {
        command.Options.Add(_file);
        command.Options.Add(_stdin);
    }

    public async Task<string> ReadAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(_file) is { } path)
            return SecretFile.ReadLine(path);
        return parsed.GetValue(_stdin)
            ? await Console.In.ReadLineAsync(cancellationToken) ?? ""
            : await Ask.SecretAsync(words, $"{char.ToUpperInvariant(words[0])}{words[1..]}:", $"--{name}-stdin", cancellationToken);
    }
}
