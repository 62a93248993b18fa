using System.Net;
using System.Security.Cryptography;
using Skytale.Accounts;

namespace Skytale.Benchmarks.Api;

/// <summary>
/// How long credentials take that are unknown, wrong, revoked and right, asked in turns and one at a time: whoever measures an answer is not
/// to learn from it which of the first three it was.
/// </summary>
internal static class Answers
{
    private const int Rounds = 500;

    /// <param name="plot">A file for the distributions, as SVG; null: none.</param>
    public static async Task<IEnumerable<Figure>> MeasureAsync(Service service, string? plot)
    {
        await Console.Error.WriteLineAsync("answers …");
        var customer = await service.SignUpAsync();
        var revoked = await service.NewKeyAsync(customer);
        await service.RevokeAsync(customer, revoked);
        var wrong = customer.Key[..(customer.Key.LastIndexOf('_') + 1)] + revoked[(revoked.LastIndexOf('_') + 1)..];
        var unknown = ApiKeySecret.FromRandom(KeyId.FromRandom(RandomNumberGenerator.GetBytes(KeyId.Size)), RandomNumberGenerator.GetBytes(ApiKeySecret.SecretSize)).Reveal();

        using var client = service.NewClient(1);
        var keys = await InTurnsAsync(
            client,
            ("key, unknown", HttpStatusCode.Unauthorized, () => Service.Request("POST", "/tokens", new { agent = "bench" }, unknown)),
            ("key, wrong secret", HttpStatusCode.Unauthorized, () => Service.Request("POST", "/tokens", new { agent = "bench" }, wrong)),
            ("key, revoked", HttpStatusCode.Unauthorized, () => Service.Request("POST", "/tokens", new { agent = "bench" }, revoked)),
            ("key, right", HttpStatusCode.OK, () => Service.Request("POST", "/tokens", new { agent = "bench" }, customer.Key)));
        var passwords = await InTurnsAsync(
            client,
            ("password, unknown address", HttpStatusCode.Unauthorized, () => Service.Request("POST", "/sessions", new { email = "nobody@example.org", password = Customer.Password }, null)),
            ("password, wrong", HttpStatusCode.Unauthorized, () => Service.Request("POST", "/sessions", new { email = customer.Email, password = "wrong horse battery" }, null)),
            ("password, right", HttpStatusCode.Created, () => Service.Request("POST", "/sessions", new { email = customer.Email, password = Customer.Password }, null)));
        if (plot is not null)
            await File.WriteAllTextAsync(plot, Curves.Draw([("POST /tokens", keys), ("POST /sessions", passwords)]));
        return FiguresOf(keys).Concat(FiguresOf(passwords));
    }

    private static async Task<IReadOnlyList<(string Name, double[] Sorted)>> InTurnsAsync(HttpClient client, params (string Name, HttpStatusCode Expected, Func<HttpRequestMessage> Request)[] kinds)
    {
        var times = kinds.Select(_ => new List<double>()).ToList();
        for (var round = -Rounds / 5; round < Rounds; round++) // The first are not counted: compiled and warm.
        {
            foreach (var (index, kind) in kinds.Index())
            {
                using var request = kind.Request();
                var took = await Load.TimeAsync(client, request, kind.Expected);
                if (round >= 0)
                    times[index].Add(took);
            }
        }
        return [.. kinds.Zip(times, (kind, own) => (kind.Name, own.Order().ToArray()))];
    }

    /// <summary>Each kind's quartiles, and its median as a part of the first kind's.</summary>
    private static IEnumerable<Figure> FiguresOf(IReadOnlyList<(string Name, double[] Sorted)> kinds) => kinds.SelectMany(kind => new[]
    {
        new Figure($"{kind.Name}: median, quartiles", "ms", "", At(kind.Sorted, 0.5), At(kind.Sorted, 0.25), At(kind.Sorted, 0.75)),
        Figure.Of($"{kind.Name}: median over that of unknown", "", "", [At(kind.Sorted, 0.5) / At(kinds[0].Sorted, 0.5)]),
    });

    private static double At(double[] sorted, double part) => sorted[(int)(part * sorted.Length)];
}
