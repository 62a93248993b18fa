using System.Data.Common;
using Skytale.Protocol;
using Skytale.Sqlite;

namespace Skytale.Server.Api;

/// <summary>The edge: what nobody answered becomes problem+json too, and our own bugs end here, in the log and as a bare 500.</summary>
internal sealed partial class FailureMiddleware(RequestDelegate next, ILogger<FailureMiddleware> log)
{
    public async Task InvokeAsync(HttpContext http)
    {
        try
        {
            await next(http);
            if (!http.Response.HasStarted && http.Response.StatusCode == StatusCodes.Status404NotFound)
                await Problem.WriteAsync(http, new Refusal(ErrorCode.NotFound, "There is nothing at this address."));
            else if (!http.Response.HasStarted && http.Response.StatusCode == StatusCodes.Status415UnsupportedMediaType)
                await Problem.WriteAsync(http, Json.NotJson);
            else if (!http.Response.HasStarted && http.Response.StatusCode == StatusCodes.Status405MethodNotAllowed)
                await Problem.WriteAsync(http, new Refusal(ErrorCode.InvalidRequest, "This address does not take this method."), status: StatusCodes.Status405MethodNotAllowed);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The caller has gone; there is nobody to answer.
            http.Abort();
        }
        catch (Exception exception) when (!http.Response.HasStarted)
        {
            var unavailable = exception is SqliteStoreException || IsOfDatabase(exception);
            if (unavailable)
                DatabaseFailed(http.TraceIdentifier, exception);
            else
                RequestFailed(http.TraceIdentifier, exception);
            http.Response.Clear();
            await Problem.WriteAsync(http, unavailable
                ? new Refusal(ErrorCode.Unavailable, "The database does not answer; try again.")
                : new Refusal(ErrorCode.Internal, "The server failed at this request; its log says why."));
        }
    }

    private static bool IsOfDatabase(Exception? exception) => exception is not null && (exception is DbException || IsOfDatabase(exception.InnerException));

    [LoggerMessage(LogLevel.Error, "Request {RequestId} failed")]
    private partial void RequestFailed(string requestId, Exception exception);

    [LoggerMessage(LogLevel.Error, "The database failed at request {RequestId}")]
    private partial void DatabaseFailed(string requestId, Exception exception);
}
