namespace GitOps.Triggers.Tests.Support.ApiServer;

/// <summary>The reason and text that go with a status, when a test does not say others.</summary>
internal static class Reasons
{
    public static ApiException For(int status, string? message, ApiRequest? request) => new(status, Reason(status), message ?? Message(status, request));

    private static string Reason(int status) => status switch
    {
        400 => "BadRequest",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "NotFound",
        409 => "Conflict",
        410 => "Expired",
        422 => "Invalid",
        429 => "TooManyRequests",
        500 => "InternalError",
        503 => "ServiceUnavailable",
        504 => "Timeout",
        _ => "Unknown",
    };

    private static string Message(int status, ApiRequest? request) => status switch
    {
        401 => "Unauthorized",
        403 => $"{request?.Resource} is forbidden: User \"system:serviceaccount:test:engine\" cannot do this in API group \"{request?.Group}\" in the namespace \"{request?.Namespace}\"",
        410 => "too old resource version",
        429 => "Too many requests, please try again later.",
        500 => "Internal error occurred: etcdserver: request timed out",
        503 => "the server is currently unable to handle the request",
        _ => $"the server answered {status}",
    };
}
