using System.Globalization;
using System.Security.Cryptography;
using Skytale.Accounts;
using Skytale.Application.Admin;
using Skytale.Application.Ports;
using Skytale.Audit;

namespace Skytale.Server.Admin;

/// <summary>
/// <c>skytale-server admin create --name NAME|list|revoke ID</c>, with the configuration of the server beside which it runs: whoever may
/// run it has the database anyway. What it changes is in the audit log as the machine's.
/// </summary>
internal static class AdminCommands
{
    public const string Name = "admin";

    private const string NameOption = "--name";

    private const string Usage = "usage: skytale-server admin create --name NAME | list | revoke ID [--Data=FOLDER …]";

    /// <returns>The process's exit code: 0, 1 where there is no such administrator, 2 for a wrong command.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter errors, TimeProvider time, CancellationToken cancellationToken)
    {
        var (name, others) = TakeName(args);
        var words = others.Where(arg => !MachineCommand.IsSetting(arg)).ToArray();
        var isRight = words switch
        {
            [_, "create"] => Administrator.IsName(name),
            [_, "list"] => name is null,
            [_, "revoke", var id] => name is null && AdminId.TryParse(id, out _),
            _ => false,
        };
        if (!isRight)
        {
            await errors.WriteLineAsync($"{Usage}\nA name has 1 to {Administrator.MaxNameLength} printable characters.");
            return 2;
        }
        await using var services = await MachineCommand.OpenAsync(others, time, cancellationToken);
        var store = services.GetRequiredService<IAdminStore>();
        var by = ActedBy.Machine(time.GetUtcNow());
        switch (words)
        {
            case [_, "create"]:
                await output.WriteLineAsync(await CreateAsync(store, services.GetRequiredService<ISecretHasher>(), name!, by, cancellationToken));
                return 0;
            case [_, "revoke", var id]:
                var revoked = await store.CarryOutAsync(new RevokeAdmin(AdminId.Parse(id)), by, cancellationToken);
                if (revoked is { IsSuccess: true, Value.Outcome: AuditRecord.Done })
                    return 0;
                await errors.WriteLineAsync($"skytale-server: there is no administrator {id} who is not revoked.");
                return 1;
            default:
                foreach (var admin in await store.AdminsAsync(cancellationToken))
                    await output.WriteLineAsync($"{admin.Id}  {Text(admin.CreatedAt)}  {(admin.RevokedAt is { } at ? $"revoked {Text(at)}" : "active")}  {admin.Name}");
                return 0;
        }
    }

    /// <summary>The new administrator's whole key, this once.</summary>
    private static async Task<string> CreateAsync(IAdminStore store, ISecretHasher hasher, string name, ActedBy by, CancellationToken cancellationToken)
    {
        var secret = AdminSecret.FromRandom(AdminId.FromRandom(RandomNumberGenerator.GetBytes(AdminId.Size)), RandomNumberGenerator.GetBytes(AdminSecret.SecretSize));
        var hash = await hasher.HashAsync(secret.Secret, cancellationToken);
        var made = await store.CarryOutAsync(new CreateAdmin(new Administrator(secret.AdminId, name, hash.Value, by.At)), by, cancellationToken);
        return made.IsSuccess ? secret.Reveal() : throw new InvalidOperationException($"Random bytes made an id that was taken: {made.Refusal}");
    }

    /// <summary>Takes <c>--name NAME</c> or <c>--name=NAME</c> out of the arguments.</summary>
    private static (string? Name, IReadOnlyList<string> Others) TakeName(string[] args)
    {
        var at = Array.FindIndex(args, arg => arg == NameOption || arg.StartsWith(NameOption + '=', StringComparison.Ordinal));
        if (at < 0)
            return (null, args);
        return args[at] == NameOption
            ? (args.ElementAtOrDefault(at + 1) ?? "", [.. args[..at], .. args.Skip(at + 2)])
            : (args[at][(NameOption.Length + 1)..], [.. args[..at], .. args[(at + 1)..]]);
    }

    private static string Text(DateTimeOffset at) => at.ToString("u", CultureInfo.InvariantCulture);
}
