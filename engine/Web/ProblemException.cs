namespace GitOps.Triggers.Web;

/// <summary>A request that cannot be served as it was made. Becomes the answer's status and its <see cref="Web.Problem"/>.</summary>
internal sealed class ProblemException(int status, string message, string fix) : Exception(message)
{
    public int Status => status;

    public Problem Problem => new(Message, fix);

    public static ProblemException NotFound(string message, string fix) => new(StatusCodes.Status404NotFound, message, fix);

    public static ProblemException Conflict(string message, string fix) => new(StatusCodes.Status409Conflict, message, fix);

    public static ProblemException Unavailable(string message, string fix) => new(StatusCodes.Status503ServiceUnavailable, message, fix);

    public static ProblemException BadRequest(string message, string fix) => new(StatusCodes.Status400BadRequest, message, fix);
}
