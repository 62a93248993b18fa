using System.Reflection;
using Skytale.Protocol;

namespace Skytale.Server.Api;

/// <summary>
/// Pages for people. They are files in this assembly and come under a policy by which they may ask this server alone, run no script
/// but its files, and make no markup out of text (<c>require-trusted-types-for</c>).
/// </summary>
internal static class StaticPage
{
    private const string Policy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; "
        + "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

    /// <summary>The page at <c>/name</c>, which is <c>name.html</c>; below it its other files, and those that all pages share.</summary>
    public static void MapPage(this IEndpointRouteBuilder routes, string name)
    {
        var files = Read(name + '/').Concat(Read("shared/")).ToDictionary();
        var page = files[$"{name}.html"];
        routes.MapGet($"/{name}", (HttpResponse response) => page.Answer(response)).ExcludeFromDescription();
        routes.MapGet($"/{name}/{{file}}", (string file, HttpResponse response) => files.TryGetValue(file, out var found)
            ? found.Answer(response)
            : Problem.Of(new Refusal(ErrorCode.NotFound, "The page has no such file."))).ExcludeFromDescription();
    }

    private static IEnumerable<KeyValuePair<string, PageFile>> Read(string folder)
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(folder, StringComparison.Ordinal)))
        {
            using var resource = assembly.GetManifestResourceStream(name)!;
            var content = new byte[resource.Length];
            resource.ReadExactly(content);
            yield return new(name[folder.Length..], new PageFile(content, TypeOf(name)));
        }
    }

    private static string TypeOf(string file) => Path.GetExtension(file) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        _ => throw new InvalidOperationException($"Say what {file} is."),
    };

    private sealed record PageFile(byte[] Content, string Type)
    {
        public IResult Answer(HttpResponse response)
        {
            var headers = response.Headers;
            headers.ContentSecurityPolicy = Policy;
            headers.XContentTypeOptions = "nosniff";
            headers.CacheControl = "no-cache";
            headers["Referrer-Policy"] = "no-referrer";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            return Results.Bytes(Content, Type);
        }
    }
}
