namespace Skytale.Tests.Abuse;

/// <summary>Everything about a request that is not its body: path, query, headers, credential, method.</summary>
internal static class BadRequests
{
    private static readonly string[] s_segments =
    [
        "%20", "%2e%2e", "..", "%2F", "%5C", "%ff%fe", "%c0%af", "%ed%a0%80", "%zz", "%", "%e2%80%ae", "%f0%9f%98%80", "%0d%0a", "%7f", "*", "'%20OR%201=1--", "null", "0", "-1", "9223372036854775808", ";a=b", "a,b", "{id}",
        "did:key:z6Mk", "did:key:" + new string('z', 3_000), "sk_live_x", new string('a', 7_000), string.Concat(Enumerable.Repeat("%41", 2_000)),
    ];

    private static readonly string[] s_values = ["", "0", "-1", "1.5", "1e9", "NaN", "99999999999999999999", "2147483647", "2147483648", "%00", "%ff%fe", "%f0%9f%98%80", "'--", "true", "null", "[]", new string('9', 6_000)];

    private static readonly string[] s_methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "PROPFIND", "QUERY", "X"];

    /// <summary>A segment of the path that names nothing.</summary>
    public static IEnumerable<(string What, string Target)> Paths(DescribedOperation operation, Func<string, string> valueOf) =>
        from parameter in operation.PathParameters
        from segment in s_segments
        select ($"the path's {parameter}", Target(operation, name => name == parameter ? segment : valueOf(name)));

    /// <summary>Queries that are declared and others.</summary>
    public static IEnumerable<(string What, string Target)> Queries(DescribedOperation operation, Func<string, string> valueOf)
    {
        var target = Target(operation, valueOf);
        foreach (var query in new[] { "?", "??", "?&&=&", "?=x", "?%00=%00", "?%ff=%ff", "?__proto__[a]=b", "?a[]=1&a[]=2", $"?{new string('q', 7_000)}", $"?{string.Concat(Enumerable.Repeat("a=1&", 1_500))}" })
            yield return ("an unknown query", target + query);
        foreach (var parameter in operation.QueryParameters)
        {
            foreach (var value in s_values)
                yield return ($"the query's {parameter}", $"{target}?{parameter}={value}");
            yield return ($"the query's {parameter}, several times", $"{target}?{parameter}=1&{parameter}=2&{parameter}[0]=3");
        }
    }

    /// <summary>Headers that are declared, with values that they must not have.</summary>
    public static IEnumerable<(string What, (string, string) Header)> Headers(DescribedOperation operation) =>
        from header in operation.HeaderParameters
        from value in new[] { "", " ", "a b", "\t", "\u00e9", "\u007f", new string('k', 129), new string('k', 6_000) }
        select ($"{header}: {value}", (header, value));

    /// <summary>Authorization headers that are no credential.</summary>
    public static IEnumerable<string> Credentials { get; } =
    [
        "", "Bearer", "Bearer ", "Bearer  ", "bearer x", "Basic YTpi", "Bearer a b", "Bearer ..", "Bearer a.b.c", "Bearer \u00e9\u00ff", "Bearer e30.e30.", "Bearer eyJhbGciOiJub25lIn0.e30.", "Bearer sk_live_", "Bearer sk_live_x_y",
        $"Bearer sk_live_{new string('\u00e9', 26)}_{new string('0', 52)}", $"Bearer {new string('a', 7_000)}", $"Bearer {new string('.', 7_000)}", "Negotiate x, Bearer y",
    ];

    /// <summary>Content types that are not JSON's.</summary>
    public static IEnumerable<string?> ContentTypes { get; } =
        [null, "", "text/plain", "text/json", "application/xml", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/octet-stream", "application/jsonx", "*/*", "application/json\u00e9", "nonsense", ";", new string('t', 4_000)];

    /// <summary>Methods that the path does not take.</summary>
    public static IEnumerable<string> MethodsBeside(IEnumerable<DescribedOperation> ofThePath) => s_methods.Except(ofThePath.Select(operation => operation.Method));

    public static string Target(DescribedOperation operation, Func<string, string> valueOf) =>
        operation.PathParameters.Aggregate(operation.Path, (path, parameter) => path.Replace($"{{{parameter}}}", valueOf(parameter), StringComparison.Ordinal));
}
