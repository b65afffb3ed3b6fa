using System.Runtime.InteropServices;
using System.Text.Json;
using GitOps.Triggers.Webhooks;

namespace GitOps.Triggers.Tests.Fuzzing;

/// <summary>A second reader of payloads, which holds the whole document: what stands where, and of what stands twice the last.</summary>
internal static class PlainPayload
{
    private const int LongestValue = 2_048;

    public static (Payload Payload, bool Readable) Read(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 64 });
            return document.RootElement.ValueKind is JsonValueKind.Object ? (Root(document.RootElement), true) : (new Payload(), false);
        }
        catch (JsonException)
        {
            return (new Payload(), false);
        }
        catch (InvalidOperationException)
        {
            return (new Payload(), false);
        }
    }

    private static Payload Root(JsonElement root) => Properties(root, "action", "ref", "ref_type", "deleted", "repository", "pull_request").Aggregate(new Payload(), (read, one) => one.Name switch
    {
        "action" => read with { Action = Text(one.Value) },
        "ref" => read with { Ref = Text(one.Value) },
        "ref_type" => read with { RefType = Text(one.Value) },
        "deleted" => read with { Deleted = one.Value.ValueKind is JsonValueKind.True },
        "repository" => Repository(read, one.Value),
        _ => PullRequest(read, one.Value),
    });

    private static Payload Repository(Payload payload, JsonElement value) => Properties(value, "full_name", "clone_url", "ssh_url", "html_url", "url").Aggregate(payload, (read, one) => one.Name switch
    {
        "full_name" => read with { FullName = Text(one.Value) },
        "clone_url" => read with { CloneUrl = Text(one.Value) },
        "ssh_url" => read with { SshUrl = Text(one.Value) },
        "html_url" => read with { HtmlUrl = Text(one.Value) },
        _ => read with { Url = Text(one.Value) },
    });

    private static Payload PullRequest(Payload payload, JsonElement value) => Properties(value, "merged", "base").Aggregate(payload, (read, one) => one.Name switch
    {
        "merged" => read with { Merged = one.Value.ValueKind is JsonValueKind.True },
        _ => Properties(one.Value, "ref").Aggregate(read, (found, name) => found with { BaseRef = Text(name.Value) }),
    });

    private static IEnumerable<(string Name, JsonElement Value)> Properties(JsonElement value, params string[] names) =>
        from property in value.ValueKind is JsonValueKind.Object ? value.EnumerateObject() : Enumerable.Empty<JsonProperty>()
        let name = names.FirstOrDefault(property.NameEquals)
        where name is not null
        select (name, property.Value);

    /// <summary>None when it is longer than any name.</summary>
    private static string? Text(JsonElement value) =>
        value.ValueKind is JsonValueKind.String && JsonMarshal.GetRawUtf8Value(value).Length - 2 <= LongestValue ? value.GetString() : null;
}
