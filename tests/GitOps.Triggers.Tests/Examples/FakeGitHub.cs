using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace GitOps.Triggers.Tests.Examples;

/// <summary>
/// Answers for issues as GitHub does, page by page with a Link header, one page per list given. The first page
/// has no number in its address. https://docs.github.com/en/rest/issues/issues#list-repository-issues
/// </summary>
internal static class FakeGitHub
{
    public static Task<LoopbackServer> StartAsync(params object[][] pages) =>
        LoopbackServer.StartAsync(context => AnswerAsync(context, pages));

    /// <summary>Refuses every request with this status, message and headers.</summary>
    public static Task<LoopbackServer> StartRefusingAsync(int status, string message, params (string, string)[] headers) =>
        LoopbackServer.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            foreach (var (name, value) in headers)
                context.Response.Headers[name] = value;
            return context.Response.WriteAsync(JsonSerializer.Serialize(new { message }));
        });

    public static object Issue(int number, string title, TimeSpan age, params string[] labels) => new
    {
        number,
        title,
        created_at = CreatedAt(age),
        labels = labels.Select(name => new { name }),
    };

    /// <summary>A pull request, which GitHub lists among the issues.</summary>
    public static object PullRequest(int number) => new
    {
        number,
        title = "A pull request",
        created_at = CreatedAt(TimeSpan.Zero),
        labels = Array.Empty<object>(),
        pull_request = new { url = "https://api.github.com/repos/example/shop/pulls/1" },
    };

    private static Task AnswerAsync(HttpContext context, object[][] pages)
    {
        var request = context.Request;
        var page = int.Parse(request.Query["page"].FirstOrDefault() ?? "1", CultureInfo.InvariantCulture);
        if (page < pages.Length)
        {
            var address = $"{request.Scheme}://{request.Host}{request.Path}?per_page=100&page=";
            context.Response.Headers.Link =
                $"<{address}1>; rel=\"first\", <{address}{page + 1}>; rel=\"next\", <{address}{pages.Length}>; rel=\"last\"";
        }
        return context.Response.WriteAsync(JsonSerializer.Serialize(pages[page - 1]));
    }

    // Half an hour older: what is printed does not depend on how long the container takes to start.
    private static string CreatedAt(TimeSpan age) =>
        (DateTimeOffset.UtcNow - age - TimeSpan.FromMinutes(30)).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
