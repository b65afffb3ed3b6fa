using System.Globalization;

namespace GitOps.Triggers.Web;

/// <summary>Every call of the API needs the token; what is wrong with a request becomes a status and a <see cref="Problem"/>.</summary>
internal sealed class ApiGuard(ApiToken token) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        if (!token.Matches(context.HttpContext.Request.Headers.Authorization))
            return Results.Json(new Problem("The API needs a token.", "Send 'Authorization: Bearer TOKEN' with the content of the file 'token' in the engine's data folder."), WebJson.Options, statusCode: StatusCodes.Status401Unauthorized);
        try
        {
            return await next(context);
        }
        catch (ProblemException refused)
        {
            return Results.Json(refused.Problem, WebJson.Options, statusCode: refused.Status);
        }
    }

    public static DateTimeOffset Time(string? text, DateTimeOffset otherwise) => text is null
        ? otherwise
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw ProblemException.BadRequest("'at' is not a time.", "Write it as 2026-01-31T09:00:00Z.");
}
