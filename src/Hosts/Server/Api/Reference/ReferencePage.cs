using System.Reflection;

namespace Skytale.Server.Api.Reference;

/// <summary>
/// The API for people to browse: <c>/reference</c>, a page of this server's own that reads <c>/openapi.json</c>. It asks no other host for
/// anything, and its policy lets it not.
/// </summary>
internal static class ReferencePage
{
    private const string Policy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static void MapReference(this IEndpointRouteBuilder routes)
    {
        Map(routes, "/reference", "reference.html", "text/html; charset=utf-8");
        Map(routes, "/reference/reference.js", "reference.js", "text/javascript; charset=utf-8");
        Map(routes, "/reference/reference.css", "reference.css", "text/css; charset=utf-8");
    }

    private static void Map(IEndpointRouteBuilder routes, string path, string file, string type)
    {
        var content = Read(file);
        routes.MapGet(path, (HttpResponse response) =>
        {
            response.Headers.ContentSecurityPolicy = Policy;
            response.Headers.XContentTypeOptions = "nosniff";
            response.Headers["Referrer-Policy"] = "no-referrer";
            return Results.Bytes(content, type);
        }).ExcludeFromDescription();
    }

    private static byte[] Read(string file)
    {
        using var resource = Assembly.GetExecutingAssembly().GetManifestResourceStream($"Reference.{file}")
            ?? throw new InvalidOperationException($"{file} is not in the assembly.");
        var content = new byte[resource.Length];
        resource.ReadExactly(content);
        return content;
    }
}
