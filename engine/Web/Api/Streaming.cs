namespace GitOps.Triggers.Web;

internal static class Streaming
{
    /// <summary>Sends lines as they come, each at once, until they end or the client goes.</summary>
    public static async Task LinesAsync(HttpContext http, IAsyncEnumerable<string> lines)
    {
        http.Response.ContentType = "text/plain; charset=utf-8";
        await http.Response.StartAsync(http.RequestAborted);
        try
        {
            await foreach (var line in lines.WithCancellation(http.RequestAborted))
            {
                await http.Response.WriteAsync(line + "\n", http.RequestAborted);
                await http.Response.Body.FlushAsync(http.RequestAborted);
            }
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Whoever followed has seen enough.
        }
    }
}
