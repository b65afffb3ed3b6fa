using System.Text.Json;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Containers;

/// <summary>What podman and docker both tell of an image in this machine's store.</summary>
internal sealed record ImageDetails
{
    public required ImageDigest Id { get; init; }

    /// <summary><c>name@sha256:…</c>, for each registry and name that it was pulled from or pushed to.</summary>
    public required IReadOnlyList<string> RepoDigests { get; init; }

    /// <summary>As the Dockerfile's USER says; empty means root.</summary>
    public required string User { get; init; }

    public required IReadOnlyList<string> Entrypoint { get; init; }

    public required IReadOnlyList<string> Command { get; init; }

    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    /// <summary>Reads the answer of <c>image inspect</c>: a list of one.</summary>
    /// <exception cref="JsonException">It is something else.</exception>
    public static ImageDetails Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        var image = document.RootElement[0];
        var config = image.GetProperty("Config");
        return new ImageDetails
        {
            Id = ParseId(image.GetProperty("Id").GetString() ?? ""),
            RepoDigests = Texts(image, "RepoDigests"),
            User = config.TryGetProperty("User", out var user) ? user.GetString() ?? "" : "",
            Entrypoint = Texts(config, "Entrypoint"),
            Command = Texts(config, "Cmd"),
            Labels = config.TryGetProperty("Labels", out var labels) && labels.ValueKind == JsonValueKind.Object
                ? labels.EnumerateObject().ToDictionary(label => label.Name, label => label.Value.GetString() ?? "", StringComparer.Ordinal)
                : new Dictionary<string, string>(),
        };
    }

    /// <summary>Docker writes <c>sha256:</c> before an image id, podman mostly does not.</summary>
    public static ImageDigest ParseId(string text) => ImageDigest.Parse(text.Contains(':', StringComparison.Ordinal) ? text : "sha256:" + text);

    private static string[] Texts(JsonElement element, string name) =>
        element.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray().Select(item => item.GetString() ?? "")] : [];
}
