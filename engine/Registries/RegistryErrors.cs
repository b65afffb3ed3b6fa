using System.Text.Json;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Registries;

/// <summary>What a registry says with an answer that is none. Sources: the distribution specification, "Error Codes"; RFC 6749, 5.2.</summary>
internal sealed class RegistryErrors(ISecretMask mask)
{
    private const int LongestText = 200;

    /// <summary>Whether a registry speaks: a proxy's or a web server's page has no such errors.</summary>
    public static bool AreIn(string text) => Read(text).Any();

    /// <summary>In words; what was sent is taken out, should it be repeated.</summary>
    public async Task<string> SaidAsync(HttpResponseMessage answer, CancellationToken ct)
    {
        var status = $"{(int)answer.StatusCode} {answer.ReasonPhrase}".TrimEnd();
        var said = string.Join("; ", Read(await answer.Content.ReadAsStringAsync(ct)).Take(2));
        var sent = SecretMask.Of(new[] { answer.RequestMessage?.Headers.Authorization?.Parameter }.OfType<string>());
        return Shown.Text(mask.Apply(sent.Apply(said.Length > 0 ? $"{status}, {said}" : status)), LongestText);
    }

    private static IEnumerable<string> Read(string text)
    {
        if (text.AsSpan().TrimStart() is not ['{', ..])
            return [];
        try
        {
            using var json = JsonDocument.Parse(text);
            if (json.RootElement.TryGetProperty("errors", out var errors) && errors.ValueKind == JsonValueKind.Array)
                return [.. errors.EnumerateArray().Where(error => error.ValueKind == JsonValueKind.Object).Select(error => InWords(error, "code", "message")).Where(words => words.Length > 0)];
            return [.. new[] { InWords(json.RootElement, "error", "error_description") }.Where(words => words.Length > 0)];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static string InWords(JsonElement error, string code, string message) =>
        string.Join(": ", new[] { code, message }.Select(key => error.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null).Where(text => text is { Length: > 0 }));
}
