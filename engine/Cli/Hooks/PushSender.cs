using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace GitOps.Triggers.Cli;

/// <summary>Sends GitHub's <c>push</c> delivery for a branch, as GitHub itself would: same headers, same signature, same shape of body.</summary>
internal sealed class PushSender(HttpClient http, PushNotice notice, byte[] secret)
{
    /// <exception cref="HttpRequestException">The engine cannot be reached.</exception>
    /// <exception cref="OperationCanceledException">It did not answer in time.</exception>
    public async Task<HttpResponseMessage> SendAsync(RefUpdate update, bool forced, CancellationToken ct)
    {
        var body = Body(update, forced);
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, notice.Webhook) { Content = content };
        request.Headers.UserAgent.ParseAdd("gitops-triggers-hook");
        request.Headers.Add("X-GitHub-Event", "push");
        request.Headers.Add("X-GitHub-Delivery", Guid.NewGuid().ToString());
        request.Headers.Add("X-Hub-Signature-256", "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(secret, body)));
        return await http.SendAsync(request, ct);
    }

    private byte[] Body(RefUpdate update, bool forced) => Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new Dictionary<string, object?>
    {
        ["ref"] = update.Ref,
        ["before"] = update.Before,
        ["after"] = update.After,
        ["created"] = update.Created,
        ["deleted"] = update.Deleted,
        ["forced"] = forced,
        ["repository"] = new Dictionary<string, object?>
        {
            ["name"] = notice.Name,
            ["full_name"] = notice.Name,
            ["clone_url"] = notice.Repository,
        },
    }));
}
