using System.Globalization;
using System.Text;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Intake;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using Octokit.Webhooks;

namespace GitOps.Triggers.Webhooks;

/// <summary>
/// The door for GitHub's deliveries, in this order: size, content type, signature, store, 202. Octokit's own endpoint cannot stand here:
/// it buffers the body before any check, answers 200 to what it did not process, and captures the secret once.
/// </summary>
internal sealed partial class WebhookEndpoint(WebhookSecrets secrets, DeliveryIntake intake, EngineConfiguration configuration, EventHub events, ILogger<WebhookEndpoint> logger)
{
    private const int LongestEvent = 64;
    private const string Unverified = "unverified";

    private readonly long limit = configuration.Limits.WebhookBody;

    public async Task InvokeAsync(HttpContext http)
    {
        var headers = WebhookHeaders.Parse(http.Request.Headers);
        var active = secrets.Active();
        using var signature = SignatureCheck.Start(headers.Signature256, active);
        var payload = new PayloadReader();
        var refusal = await CheckAsync(http.Request, headers, active.Count > 0, signature, payload);
        if (refusal is null)
            await StoreAsync(http, headers, payload.Payload);
        else
            await RefuseAsync(http, headers, Unverified, refusal);
    }

    private async Task<Refusal?> CheckAsync(HttpRequest request, WebhookHeaders headers, bool hasSecrets, SignatureCheck? signature, PayloadReader payload)
    {
        var certain = !IsJson(request) ? Refusal.NotJson : !hasSecrets ? Refusal.NoSecrets : signature is null ? Refusal.NotSigned : null;
        if (await ReadAsync(request, certain is null ? signature : null, payload) is { } unread)
            return unread;
        if (certain is not null)
            return certain;
        if (!signature!.IsValid())
            return Refusal.NotSigned;
        if (!Guid.TryParseExact(headers.Delivery, "D", out _))
            return Refusal.NoGuid;
        if (!IsEventName(headers.Event))
            return Refusal.NoEvent;
        return payload.Problem is { } problem ? Refusal.Malformed(problem) : null;
    }

    // A request that is refused anyway is not read, but for learning whether it is too long, which is said first.
    private async Task<Refusal?> ReadAsync(HttpRequest request, SignatureCheck? signature, PayloadReader payload)
    {
        if (request.ContentLength > limit)
            return Refusal.TooLarge(limit);
        if (signature is null && request.ContentLength is not null)
            return null;
        LetServerCut(request.HttpContext);
        var ct = request.HttpContext.RequestAborted;
        try
        {
            var isWithin = signature is null
                ? await RequestBody.DrainAsync(request.BodyReader, limit, ct)
                : await RequestBody.ReadAsync(request.BodyReader, limit, signature, payload, ct);
            return isWithin ? null : Refusal.TooLarge(limit);
        }
        catch (BadHttpRequestException broken)
        {
            return new Refusal(broken.StatusCode, "malformed", "The request's body ended early, came too slowly or is badly framed.");
        }
    }

    private async Task StoreAsync(HttpContext http, WebhookHeaders headers, Payload payload)
    {
        var received = new ReceivedDelivery
        {
            Guid = headers.Delivery!.ToLowerInvariant(),
            Event = headers.Event!,
            Action = payload.Action is { } action ? Shown.Text(action, LongestEvent) : null,
            Intent = DeliveryReader.Read(headers.Event!, payload),
        };
        switch (await intake.ReceiveAsync(received, http.RequestAborted))
        {
            case StageResult<Delivery>.Done { Value: var stored }:
                await AnswerAsync(http, StatusCodes.Status202Accepted, stored.Outcome);
                break;
            case StageResult<Delivery>.Retry retry:
                var after = Math.Max(1, (int)(retry.After ?? TimeSpan.Zero).TotalSeconds);
                http.Response.Headers.RetryAfter = after.ToString(CultureInfo.InvariantCulture);
                await RefuseAsync(http, headers, received.Event, new Refusal(StatusCodes.Status503ServiceUnavailable, "unavailable", retry.Reason));
                break;
            case var other:
                throw new InvalidOperationException($"A delivery is stored or to be sent again, never {other.GetType().Name}.");
        }
    }

    private async Task RefuseAsync(HttpContext http, WebhookHeaders headers, string eventName, Refusal refusal)
    {
        Refused(Shown.Text(headers.Delivery, 40), Shown.Text(headers.Event, LongestEvent), refusal.Status, refusal.Message);
        events.Publish(new EngineEvent.DeliveryReceived(eventName, refusal.Result));
        await AnswerAsync(http, refusal.Status, refusal.Message);
    }

    private static async Task AnswerAsync(HttpContext http, int status, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text + "\n");
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/plain; charset=utf-8";
        http.Response.ContentLength = bytes.Length;
        await http.Response.BodyWriter.WriteAsync(bytes, http.RequestAborted);
    }

    // The limit is counted here; the server's own only ends the reading of what follows a refusal.
    private void LetServerCut(HttpContext http)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } server)
            server.MaxRequestBodySize = 2 * limit;
    }

    private static bool IsJson(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase);

    private static bool IsEventName(string? name) =>
        name is { Length: > 0 and <= LongestEvent } && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '_');

    [LoggerMessage(1, LogLevel.Information, "Refused delivery {Delivery} ({Event}) with {Status}: {Message}")]
    private partial void Refused(string delivery, string @event, int status, string message);
}
