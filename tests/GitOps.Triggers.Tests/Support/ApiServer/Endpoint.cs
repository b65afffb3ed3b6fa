using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace GitOps.Triggers.Tests.Support.ApiServer;

/// <summary>One HTTP request from its arrival to its answer, or to the fault that the test chose for it.</summary>
internal sealed class Endpoint(Cluster cluster, Requests requests, Faults faults)
{
    /// <summary>The bearer token that is asked for. Empty: everyone is let in.</summary>
    public string Token { get; set; } = "";

    public async Task AnswerAsync(HttpContext context, CancellationToken stopping)
    {
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        // A connection is not used again: a client would repeat a request on its own when a used one breaks, and no fault could be counted.
        context.Response.Headers.Connection = "close";
        try
        {
            var request = await ApiRequest.ReadAsync(context.Request, linked.Token);
            var fault = faults.Take(request);
            requests.Add(request);
            await AnswerAsync(context, request, fault, linked.Token);
        }
        catch (OperationCanceledException)
        {
            context.Abort(); // the client has gone, or the test is over
        }
    }

    private async Task AnswerAsync(HttpContext context, ApiRequest request, Fault? fault, CancellationToken cancellationToken)
    {
        if (fault is not null)
            await fault.Until.WaitAsync(cancellationToken);
        if (fault?.IsDropped == true)
        {
            await fault.Meanwhile();
            context.Abort();
            return;
        }
        try
        {
            if (fault?.Status is { } status)
                throw Reasons.For(status, fault.Message, request);
            if (Token.Length > 0 && request.Authorization != $"Bearer {Token}")
                throw Reasons.For(StatusCodes.Status401Unauthorized, null, request);
            await CarryOutAsync(context, request, fault is { LosesAnswer: true } ? fault : null, cancellationToken);
        }
        catch (ApiException refused)
        {
            if (fault?.RetryAfter is { } seconds)
                context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            await WriteAsync(context, refused.Code, refused.Status, cancellationToken);
        }
    }

    private async Task CarryOutAsync(HttpContext context, ApiRequest request, Fault? losesAnswer, CancellationToken cancellationToken)
    {
        if (request.Path is "/readyz" or "/livez")
        {
            await context.Response.WriteAsync("ok", cancellationToken);
            return;
        }
        if (request.Path.TrimEnd('/') == "/version")
        {
            await WriteAsync(context, 200, new JsonObject { ["major"] = "1", ["minor"] = "36", ["gitVersion"] = "v1.36.2" }, cancellationToken);
            return;
        }
        var resource = Resource.Find(request.Group, request.Resource) ?? throw new ApiException(404, "NotFound", "the server could not find the requested resource");
        if (request.IsWatch)
        {
            await cluster.Watches.AnswerAsync(context, request, resource, cancellationToken);
        }
        else if (request.Subresource.Length > 0)
        {
            await (resource == Resource.Pods && request.Subresource == "log"
                ? cluster.Logs.AnswerAsync(context, request, cancellationToken)
                : throw new ApiException(404, "NotFound", "the server could not find the requested resource"));
        }
        else
        {
            var answer = cluster.Answer(request, resource);
            if (losesAnswer is null)
            {
                await WriteAsync(context, answer.Status, answer.Body, cancellationToken);
                return;
            }
            await losesAnswer.Meanwhile();
            context.Abort();
        }
    }

    private static async Task WriteAsync(HttpContext context, int status, JsonObject body, CancellationToken cancellationToken)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(body.ToJsonString(), cancellationToken);
    }
}
