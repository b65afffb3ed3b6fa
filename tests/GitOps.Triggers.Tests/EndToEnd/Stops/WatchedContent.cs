using System.Net;
using System.Net.Http.Headers;

namespace GitOps.Triggers.Tests.EndToEnd.Stops;

/// <summary>A body that is sent when the server has asked for it, so that its request is then surely in hand there.</summary>
internal sealed class WatchedContent : HttpContent
{
    // Below what a webhook may have, or it is refused before it is read.
    private const int Endless = 20_000_000;

    private readonly byte[]? body;
    private readonly CancellationToken ct;
    private readonly TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="request">It becomes this one's content.</param>
    /// <param name="isEndless">Something of it comes all the time, so that the server does not take the sender for dead, and its end never.</param>
    /// <param name="ct">The sender goes.</param>
    public WatchedContent(HttpRequestMessage request, bool isEndless, CancellationToken ct)
    {
        body = isEndless ? null : request.Content!.ReadAsByteArrayAsync(ct).GetAwaiter().GetResult();
        this.ct = ct;
        Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Content = this;
        request.Headers.ExpectContinue = true;
    }

    public Task HasBegun => begun.Task;

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        if (body is not null)
            await stream.WriteAsync(body, ct);
        begun.SetResult();
        while (body is null)
        {
            await stream.WriteAsync(" "u8.ToArray().Concat(new byte[200]).ToArray(), ct);
            await stream.FlushAsync(ct);
            await Task.Delay(100, ct);
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = body?.Length ?? Endless;
        return true;
    }
}
