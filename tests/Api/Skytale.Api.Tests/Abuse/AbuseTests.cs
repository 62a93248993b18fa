using System.Net;
using System.Text;

namespace Skytale.Tests.Abuse;

/// <summary>
/// Every operation of the served OpenAPI document, asked as nobody should: the answer is a refusal with a code, never the server's
/// failure and never silence. What is added to the document is asked too, by itself.
/// </summary>
public abstract class AbuseTests : IAsyncLifetime
{
    private const int Timeout = 300_000;

    /// <summary>Beyond it the server closes the connection while the client still writes, who may then not read the answer.</summary>
    private const int MostThatAnHttp11ClientSends = 64 * 1024;

    private readonly TemporaryFolder _folder = new();
    private ApiServer? _server;
    private HttpClient _client = null!;
    private IReadOnlyList<DescribedOperation> _operations = [];

    private protected abstract Version Version { get; }

    /// <summary>A fresh Postgres database, or null for the embedded one.</summary>
    protected abstract Task<string?> CreateDatabaseAsync();

    public async ValueTask InitializeAsync()
    {
        _server = await ApiServer.StartAsync(_folder.Path, await CreateDatabaseAsync(), "--Roles=api,relay", "--Logging:LogLevel:Default=Warning", "--Api:Limits:AddressPerMinute=1000000", "--Api:Limits:KeyPerMinute=1000000");
        _client = ApiServer.ClientFor(_server.Host, Encoding.Latin1);
        _operations = DescribedOperation.ReadAll((await _server.SendAsync("/openapi.json", null, method: "GET")).Body);
        _operations.Count.ShouldBeGreaterThan(15);
    }

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        if (_server is not null)
            await _server.DisposeAsync();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact(Timeout = Timeout)]
    [Trait("Category", "Slow")]
    public Task A_body_that_is_not_the_operations_is_refused() => TryAllAsync((operation, who) =>
        operation.Body is null ? [] : BadBodies.Malformed(operation).SelectMany(bad => new[] { false, true }, (bad, chunked) => who.Ask(operation, bad.What) with { Body = bad.Body, IsChunked = chunked }));

    [Fact(Timeout = Timeout)]
    public Task A_field_that_is_not_as_it_must_be_is_refused() => TryAllAsync((operation, who) =>
        operation.Body is null ? [] : BadBodies.WithBadField(operation).Select(bad => who.Ask(operation, bad.What) with { Body = bad.Body, MayBeCarriedOut = bad.MayBeCarriedOut }));

    [Fact(Timeout = Timeout)]
    [Trait("Category", "Slow")]
    public Task Content_of_another_type_is_refused_and_where_there_is_to_be_none_it_is_nothing() => TryAllAsync((operation, who) =>
        operation.Body is null
            ? [who.Ask(operation, "a body") with { Body = new byte[10_000], MayBeCarriedOut = true }, who.Ask(operation, "a large body") with { Body = new byte[1 << 20], MayBeCarriedOut = true }]
            : BadRequests.ContentTypes.Select(type => who.Ask(operation, $"content type {type}") with { ContentType = type }));

    [Fact(Timeout = Timeout)]
    [Trait("Category", "Slow")]
    public Task A_path_that_names_nothing_is_refused() => TryAllAsync((operation, who) =>
        BadRequests.Paths(operation, who.ValueOf).Select(bad => who.Ask(operation, bad.What) with { Target = bad.Target }));

    [Fact(Timeout = Timeout)]
    [Trait("Category", "Slow")]
    public Task A_query_is_refused_or_is_nothing() => TryAllAsync((operation, who) =>
        BadRequests.Queries(operation, who.ValueOf).Select(bad => who.Ask(operation, bad.What) with { Target = bad.Target, MayBeCarriedOut = true }));

    [Fact(Timeout = Timeout)]
    [Trait("Category", "Slow")]
    public Task A_header_that_is_not_as_it_must_be_is_refused() => TryAllAsync((operation, who) =>
        BadRequests.Headers(operation).Select(bad => who.Ask(operation, bad.What) with { Header = bad.Header, MayBeCarriedOut = true }));

    [Fact(Timeout = Timeout)]
    [Trait("Category", "Slow")]
    public Task A_credential_that_is_none_is_refused() => TryAllAsync((operation, who) =>
        operation.Schemes.Count == 0 ? [] : BadRequests.Credentials.Select(credential => who.Ask(operation, $"the credential {credential}") with { Credential = credential }));

    [Fact(Timeout = Timeout)]
    [Trait("Category", "Slow")]
    public async Task A_method_that_a_path_does_not_take_is_refused()
    {
        var who = await Caller.SignUpAsync(_server!);
        var faults = new List<string>();
        foreach (var path in _operations.GroupBy(operation => operation.Path))
        {
            foreach (var method in BadRequests.MethodsBeside(path))
                faults.AddRange(await FaultsOfAsync([who.Ask(path.First(), "a method") with { Method = method }]));
        }
        faults.ShouldBeEmpty();
    }

    private async Task TryAllAsync(Func<DescribedOperation, Caller, IEnumerable<Attempt>> attempts)
    {
        var faults = new List<string>();
        var tried = 0;
        var anybody = await Caller.SignUpAsync(_server!);
        foreach (var operation in _operations)
        {
            // Somebody new where what is carried out may be the end of what the next would be about.
            var who = operation.Method == "DELETE" ? await Caller.SignUpAsync(_server!) : anybody;
            var asked = attempts(operation, who).Where(attempt => Version.Major > 1 || attempt.Body is not { Length: > MostThatAnHttp11ClientSends }).ToList();
            faults.AddRange(await FaultsOfAsync(asked));
            tried += asked.Count;
        }
        faults.ShouldBeEmpty();
        tried.ShouldBeGreaterThan(_operations.Count / 2);
        // Whatever was asked, it serves on.
        (await _server!.SignUpAsync("ada")).ApiKey.ShouldNotBeEmpty();
    }

    private async Task<IEnumerable<string>> FaultsOfAsync(IEnumerable<Attempt> attempts)
    {
        var faults = new List<string>();
        foreach (var attempt in attempts)
        {
            if (await (attempt with { Version = Version }).TryAsync(_client, TestContext.Current.CancellationToken) is { } fault)
                faults.Add(fault);
        }
        return faults;
    }
}

[Trait("Category", "Slow")]
public sealed class EmbeddedAbuseTests : AbuseTests
{
    private protected override Version Version => HttpVersion.Version11;

    protected override Task<string?> CreateDatabaseAsync() => Task.FromResult<string?>(null);
}

public sealed class PostgresAbuseTests(PostgresServer server) : AbuseTests
{
    private protected override Version Version => HttpVersion.Version20;

    protected override async Task<string?> CreateDatabaseAsync()
    {
        if (PostgresCluster.Missing is { } reason)
            Assert.Skip(reason);
        return await server.CreateDatabaseAsync();
    }
}
