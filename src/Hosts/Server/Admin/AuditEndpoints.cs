using System.Text;
using MediatR;
using Skytale.Application.Admin;
using Skytale.Audit;
using Skytale.Server.Api;

namespace Skytale.Server.Admin;

/// <summary>The audit log, in pages to be looked at and whole to be checked.</summary>
internal static class AuditEndpoints
{
    private const string JsonLines = "application/jsonl";

    public static void MapAudit(this IEndpointRouteBuilder routes)
    {
        routes.MapList("/admin/audit", (credential, page, _) => new SeeAudit(credential, page), AuditAnswer.Of)
            .Is("see_audit", "What administrators and the machine did, oldest first.");

        routes.MapGet("/admin/audit/export", (HttpRequest http, IMediator mediator) => Calls.SendAsync(
            http, mediator, credential => new ExportAudit(credential), found => new Export(found.Entries)))
            .Is("export_audit", "The whole audit log as JSON lines, oldest first, for skytale admin audit verify.")
            .Wants(Credentials.AdminToken).Produces<string>(200, JsonLines).Refuses(429, 503);
    }

    /// <summary>A line an entry, as it is read. Where reading fails the answer breaks off, which nobody takes for its end.</summary>
    private sealed class Export(IAsyncEnumerable<AuditEntry> entries) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.ContentType = JsonLines;
            await foreach (var entry in entries.WithCancellation(httpContext.RequestAborted))
                await httpContext.Response.BodyWriter.WriteAsync(Encoding.UTF8.GetBytes(AuditLine.Write(entry) + "\n"), httpContext.RequestAborted);
        }
    }
}
