namespace GitOps.Triggers.Webhooks;

/// <param name="Status">HTTP status.</param>
/// <param name="Result">For the metric: few, fixed words.</param>
/// <param name="Message">For whoever looks at the webhook's recent deliveries: what failed and what to do.</param>
internal sealed record Refusal(int Status, string Result, string Message)
{
    public static Refusal TooLarge(long limit) =>
        new(StatusCodes.Status413PayloadTooLarge, "too_large", $"The body is longer than {limit} bytes, the engine's limits.webhookBody.");

    public static readonly Refusal NotJson =
        new(StatusCodes.Status415UnsupportedMediaType, "unsupported", "The content type is not application/json. Choose it in the webhook's settings.");

    public static readonly Refusal NotSigned =
        new(StatusCodes.Status401Unauthorized, "unauthorized", "X-Hub-Signature-256 fits none of the engine's webhook secrets. Give the webhook the secret that stands in one of the files under webhooks: secretFiles:.");

    public static readonly Refusal NoSecrets =
        new(StatusCodes.Status503ServiceUnavailable, "unavailable", "The engine has no readable webhook secret: see its log.");

    public static readonly Refusal NoGuid =
        new(StatusCodes.Status400BadRequest, "malformed", "X-GitHub-Delivery is missing or is not a GUID.");

    public static readonly Refusal NoEvent =
        new(StatusCodes.Status400BadRequest, "malformed", "X-GitHub-Event is missing or is not an event's name.");

    public static Refusal Malformed(string problem) =>
        new(StatusCodes.Status400BadRequest, "malformed", $"The body {problem}.");
}
