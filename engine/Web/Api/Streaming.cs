using GitOps.Triggers.Deployment;

namespace GitOps.Triggers.Web;

internal static class Streaming
{
    /// <summary>Sends lines as they come, each at once, until they end or the client goes. A failure after the first of them is the last line.</summary>
    /// <exception cref="ProblemException">They cannot be had: nothing is sent yet, so that the answer can say so.</exception>
    public static async Task LinesAsync(HttpContext http, IAsyncEnumerable<string> lines)
    {
        var ct = http.RequestAborted;
        try
        {
            await using var reader = lines.GetAsyncEnumerator(ct);
            var any = await FirstAsync(reader);
            http.Response.ContentType = "text/plain; charset=utf-8";
            await http.Response.StartAsync(ct);
            if (any)
                await SendAsync(http, reader, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // Whoever followed has seen enough.
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
