using GitOps.Triggers.Deployment;
using Microsoft.Extensions.Hosting;

namespace GitOps.Triggers.Web;

internal static class Streaming
{
    private const string PlainText = "text/plain; charset=utf-8";

    /// <summary>Sends lines as they come, each at once, until they end, the client goes or the engine stops. A failure after the first of them is the last line.</summary>
    /// <exception cref="ProblemException">They cannot be had: nothing is sent yet, so that the answer can say so.</exception>
    public static async Task LinesAsync(HttpContext http, IAsyncEnumerable<string> lines)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(
            http.RequestAborted, http.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
        try
        {
            await using var reader = lines.GetAsyncEnumerator(stop.Token);
            var any = await FirstAsync(reader);
            http.Response.ContentType = PlainText;
            await http.Response.StartAsync(stop.Token);
            if (any)
                await SendAsync(http, reader, stop.Token);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Whoever followed has seen enough.
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            if (!http.Response.HasStarted)
                http.Response.ContentType = PlainText;
            await LineAsync(http, "--- The engine is stopping: follow the log again when it has started. ---", http.RequestAborted);
        }
    }

    private static async Task<bool> FirstAsync(IAsyncEnumerator<string> reader)
    {
        try
        {
            return await reader.MoveNextAsync();
        }
        catch (LogUnavailableException failure)
        {
            throw ProblemException.Unavailable(failure.Message, "Try it again when that is mended.");
        }
    }

    private static async Task SendAsync(HttpContext http, IAsyncEnumerator<string> reader, CancellationToken ct)
    {
        try
        {
            do
                await LineAsync(http, reader.Current, ct);
            while (await reader.MoveNextAsync());
        }
        catch (LogUnavailableException failure)
        {
            await LineAsync(http, $"--- The log breaks off here: {failure.Message} ---", ct);
        }
    }

    private static async Task LineAsync(HttpContext http, string line, CancellationToken ct)
    {
        await http.Response.WriteAsync(line + "\n", ct);
        await http.Response.Body.FlushAsync(ct);
    }
}
