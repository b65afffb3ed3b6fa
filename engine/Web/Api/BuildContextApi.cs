using GitOps.Triggers.Builds;
using Microsoft.AspNetCore.Http.Features;

namespace GitOps.Triggers.Web;

/// <summary>
/// Hands a build on a cluster its context. It stands beside the API and does not take its token: a build's pod has nothing but a token of its own, which is
/// good for one build, until that has its context. The token comes as the body, since addresses are logged.
/// </summary>
internal static class BuildContextApi
{
    public const string Route = "/api/builds/{build}/context";

    private const int LongestToken = 256;

    public static void MapBuildContexts(this IEndpointRouteBuilder routes) => routes.MapPost(Route, SendAsync);

    private static async Task SendAsync(string build, BuildContexts contexts, HttpContext http)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } body)
            body.MaxRequestBodySize = LongestToken;
        var token = new byte[LongestToken];
        var length = await http.Request.Body.ReadAtLeastAsync(token, token.Length, throwOnEndOfStream: false, http.RequestAborted);
        using var delivery = contexts.Begin(build, token.AsSpan(0, length));
        if (delivery is null)
        {
            // The same answer whatever is wrong: who guesses learns nothing.
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }
        http.Response.ContentType = "application/x-tar";
        // Said, so that whoever reads notices what is cut off.
        http.Response.ContentLength = new FileInfo(delivery.Archive).Length;
        await http.Response.SendFileAsync(delivery.Archive, http.RequestAborted);
    }
}
