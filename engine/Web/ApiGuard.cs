using GitOps.Triggers.Domain;
using Microsoft.AspNetCore.Http.Features;

namespace GitOps.Triggers.Web;

/// <summary>
/// Stands before the API: a call without the token is refused before anything of its body is read, and a body is limited in size. What is
/// wrong with a request becomes a status and a <see cref="Problem"/>.
/// </summary>
internal sealed class ApiGuard(RequestDelegate next, ApiToken token, Limits limits)
{
    public async Task InvokeAsync(HttpContext http)
    {
        // Set first: the server lets the body of a refused call pass too, and no further than this.
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } body)
            body.MaxRequestBodySize = limits.ApiBody;
        if (!token.Matches(http.Request.Headers.Authorization))
        {
            await AnswerAsync(http, StatusCodes.Status401Unauthorized, new Problem("The API needs a token.", "Send 'Authorization: Bearer TOKEN' with the content of the file 'token' in the engine's data folder."));
            return;
        }
        try
        {
            await next(http);
            if (!http.Response.HasStarted && Unexplained(http.Response.StatusCode) is { } problem)
                await AnswerAsync(http, http.Response.StatusCode, problem);
        }
        catch (ProblemException refused) when (!http.Response.HasStarted)
        {
            await AnswerAsync(http, refused.Status, refused.Problem);
        }
    }

    /// <summary>What ASP.NET Core refuses by a status alone.</summary>
    private Problem? Unexplained(int status) => status switch
    {
        StatusCodes.Status400BadRequest => new Problem("The request cannot be read: its body is not the JSON that belongs here, or a parameter is missing or of another kind.", "See the API's commands in docs/cli.md: each sends one such request."),
        StatusCodes.Status404NotFound => new Problem("There is no such address.", "The API begins at /api/v1; is the engine of the same version as the caller?"),
        StatusCodes.Status405MethodNotAllowed => new Problem("This address does not take that method.", "Use the method that the Allow header names."),
        StatusCodes.Status413PayloadTooLarge => new Problem($"The body is larger than {limits.ApiBody >> 10} KiB.", "Send less: no request of this API needs more."),
        StatusCodes.Status415UnsupportedMediaType => new Problem("The body is not JSON.", "Send it with 'Content-Type: application/json'."),
        _ => null,
    };

    private static Task AnswerAsync(HttpContext http, int status, Problem problem) =>
        Results.Json(problem, WebJson.Options, statusCode: status).ExecuteAsync(http);
}
