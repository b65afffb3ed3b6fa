using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace GitOps.Triggers.Tests.Support.ApiServer;

/// <summary>What one container has written so far.</summary>
internal sealed class PodLog
{
    private readonly Lock gate = new();
    private readonly List<string> lines = [];
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool isEnded;

    public PodLog Write(params IEnumerable<string> more)
    {
        Change(() => lines.AddRange(more));
        return this;
    }

    /// <summary>The container has ended: who follows reads to the end.</summary>
    public void End() => Change(() => isEnded = true);

    public async Task AnswerAsync(HttpContext context, ApiRequest request, CancellationToken cancellationToken)
    {
        context.Response.ContentType = "text/plain";
        await context.Response.StartAsync(cancellationToken);
        var tail = int.TryParse(request["tailLines"], CultureInfo.InvariantCulture, out var asked) ? asked : int.MaxValue;
        var next = -1;
        while (true)
        {
            var (text, count, ended, more) = After(next < 0 ? tail : int.MaxValue, Math.Max(next, 0));
            next = count;
            await context.Response.WriteAsync(text, cancellationToken);
            await context.Response.Body.FlushAsync(cancellationToken);
            if (ended || request["follow"] != "true")
                return;
            await more.WaitAsync(cancellationToken);
        }
    }

    private (string Text, int Count, bool IsEnded, Task More) After(int tail, int from)
    {
        lock (gate)
            return (string.Concat(lines.Skip(from).TakeLast(tail).Select(line => line + '\n')), lines.Count, isEnded, changed.Task);
    }

    private void Change(Action change)
    {
        lock (gate)
        {
            change();
            changed.SetResult();
            changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
