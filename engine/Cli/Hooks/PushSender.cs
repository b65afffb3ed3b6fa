using System.Buffers;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;

namespace GitOps.Triggers.Cli;

/// <summary>Sends GitHub's <c>push</c> delivery for a branch, as GitHub itself would: same headers, same signature, and of its body what can be told without asking git.</summary>
internal sealed class PushSender(HttpMessageInvoker http, PushNotice notice, byte[] secret)
{
    /// <exception cref="HttpRequestException">The engine cannot be reached.</exception>
    /// <exception cref="OperationCanceledException">It did not answer in time.</exception>
    public async Task<HttpResponseMessage> SendAsync(RefUpdate update, CancellationToken ct)
    {
        var body = Body(update);
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, notice.Webhook) { Content = content };
        request.Headers.UserAgent.ParseAdd("gitops-triggers-hook");
        request.Headers.Add("X-GitHub-Event", "push");
        request.Headers.Add("X-GitHub-Delivery", Guid.NewGuid().ToString());
        request.Headers.Add("X-Hub-Signature-256", "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(secret, body)));
        return await http.SendAsync(request, ct);
    }

    /// <summary>Written by hand: somebody waits for it, and a serializer would first have to learn what it writes.</summary>
    private byte[] Body(RefUpdate update)
    {
        var body = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(body);
        json.WriteStartObject();
        json.WriteString("ref", update.Ref);
        json.WriteString("before", update.Before);
        json.WriteString("after", update.After);
        json.WriteBoolean("created", update.Created);
        json.WriteBoolean("deleted", update.Deleted);
        json.WriteStartObject("repository");
        json.WriteString("name", notice.Name);
        json.WriteString("full_name", notice.Name);
        json.WriteString("clone_url", notice.Repository);
        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        return body.WrittenSpan.ToArray();
    }
}
