using System.Text.Json;

namespace GitOps.Triggers.Tests.Cli;

/// <param name="Event">X-GitHub-Event.</param>
/// <param name="Guid">X-GitHub-Delivery.</param>
/// <param name="Signature">X-Hub-Signature-256.</param>
/// <param name="Body">As it came.</param>
internal sealed record ReceivedPush(string? Event, string? Guid, string? Signature, byte[] Body)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;
}
