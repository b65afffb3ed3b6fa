using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;

namespace GitOps.Triggers.Tests.Support.ApiServer;

/// <summary>The watches that are open.</summary>
internal sealed class Watches(Store store, TimeProvider time)
{
    private readonly ConcurrentDictionary<Channel<WatchOrder>, ApiRequest> open = new();
    private TaskCompletionSource opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when so many are open.</summary>
    public async Task OpenAsync(int count, TimeSpan within)
    {
        using var deadline = new CancellationTokenSource(within);
        for (var next = opened.Task; open.Count < count; next = opened.Task)
            await next.WaitAsync(deadline.Token);
    }

    /// <summary>Has every open watch do that, after it told of all there was until now.</summary>
    public void Tell(WatchOrder what, Func<ApiRequest, bool>? which = null)
    {
        foreach (var (watch, request) in open)
            if (which?.Invoke(request) ?? true)
                watch.Writer.TryWrite(what);
    }

    public async Task AnswerAsync(HttpContext context, ApiRequest request, Resource resource, CancellationToken cancellationToken)
    {
        var orders = Channel.CreateUnbounded<WatchOrder>();
        var (version, first) = Begin(request, resource);
        var timeout = double.TryParse(request["timeoutSeconds"], CultureInfo.InvariantCulture, out var seconds)
            ? Task.Delay(TimeSpan.FromSeconds(seconds), time, cancellationToken)
            : Task.Delay(Timeout.Infinite, cancellationToken);
        open[orders] = request;
        Interlocked.Exchange(ref opened, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
        try
        {
            context.Response.ContentType = "application/json";
            // The headers at once: a watch that waits for them beside nothing to tell would be taken for a dead connection.
            await context.Response.Body.FlushAsync(cancellationToken);
            foreach (var one in first)
                await WriteAsync(context, one, cancellationToken);
            await FollowAsync(context, request, resource, orders.Reader, version, timeout, cancellationToken);
        }
        finally
        {
            open.TryRemove(orders, out _);
        }
    }

    /// <summary>Without a version, or from 0: what there is comes first, as if it had just been made.</summary>
    private (long Version, IReadOnlyList<JsonObject> First) Begin(ApiRequest request, Resource resource)
    {
        lock (store.Gate)
        {
            if (request["resourceVersion"] is not ("" or "0") and var asked)
                return (long.Parse(asked, CultureInfo.InvariantCulture), []);
            return (store.Version, [.. store.List(resource, request.Namespace).Where(Selectors.Of(request)).Select(value => Change.Event("ADDED", value))]);
        }
    }

    private async Task FollowAsync(HttpContext context, ApiRequest request, Resource resource, ChannelReader<WatchOrder> orders, long version, Task timeout, CancellationToken cancellationToken)
    {
        var selects = Selectors.Of(request);
        bool Sees(JsonObject value) => (request.Namespace.Length == 0 || value.Namespace() == request.Namespace) && (request.Name.Length == 0 || value.Name() == request.Name) && selects(value);
        var bookmarks = request["allowWatchBookmarks"] == "true";
        while (true)
        {
            if (version < store.Oldest)
            {
                await WriteAsync(context, Gone(version), cancellationToken);
                return;
            }
            var hasOrder = orders.TryRead(out var order);
            var ended = !hasOrder && timeout.IsCompleted;
            var (changes, more) = store.After(version);
            foreach (var change in changes)
            {
                version = change.Version;
                if (change.Resource == resource && change.EventFor(Sees) is { } happened)
                    await WriteAsync(context, happened, cancellationToken);
            }
            if (bookmarks && (ended || (hasOrder && order == WatchOrder.Bookmark)))
                await WriteAsync(context, Bookmark(resource, version), cancellationToken);
            if (ended || (hasOrder && await EndsAsync(context, order, version, cancellationToken)))
                return;
            if (!hasOrder)
                await Task.WhenAny(more, timeout, orders.WaitToReadAsync(cancellationToken).AsTask());
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private async Task<bool> EndsAsync(HttpContext context, WatchOrder order, long version, CancellationToken cancellationToken)
    {
        if (order == WatchOrder.Gone)
            await WriteAsync(context, Gone(version), cancellationToken);
        else if (order == WatchOrder.CutInLine)
            await WriteTextAsync(context, "{\"type\":\"MODIFIED\",\"object\":{\"kind\":\"", cancellationToken);
        if (order is WatchOrder.Cut or WatchOrder.CutInLine)
            context.Abort();
        return order != WatchOrder.Bookmark;
    }

    private JsonObject Gone(long version) => Change.Event("ERROR", ApiException.Expired(string.Create(CultureInfo.InvariantCulture, $"too old resource version: {version} ({store.Oldest})")).Status);

    private static JsonObject Bookmark(Resource resource, long version) => Change.Event("BOOKMARK", resource.Named(new JsonObject
    {
        ["metadata"] = new JsonObject { ["resourceVersion"] = version.ToString(CultureInfo.InvariantCulture) },
    }));

    private static Task WriteAsync(HttpContext context, JsonObject value, CancellationToken cancellationToken) =>
        WriteTextAsync(context, value.ToJsonString() + '\n', cancellationToken);

    private static async Task WriteTextAsync(HttpContext context, string text, CancellationToken cancellationToken)
    {
        await context.Response.WriteAsync(text, cancellationToken);
        await context.Response.Body.FlushAsync(cancellationToken);
    }
}
