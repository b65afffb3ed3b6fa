using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using YamlDotNet.Serialization;

namespace GitOps.Triggers.Tests.Support.ApiServer;

/// <summary>A request as it came in, and what its path means. Its verb is the method of HTTP: <c>PATCH</c>.</summary>
internal sealed record ApiRequest(string Verb, string Path, IReadOnlyDictionary<string, string> Query, string ContentType, string Body, string UserAgent, string Authorization)
{
    private readonly string[] parts = Parts(Path);

    public string Group => Path.StartsWith("/apis/", StringComparison.Ordinal) ? Path.Split('/')[2] : "";

    /// <summary>Empty: all of them, or an object of the cluster.</summary>
    public string Namespace => parts.Length > 2 && parts[0] == "namespaces" && parts[2] != "status" ? parts[1] : "";

    /// <summary>The plural: <c>cronjobs</c>; empty for paths like <c>/version</c>.</summary>
    public string Resource => Rest.ElementAtOrDefault(0) ?? "";

    public string Name => Rest.ElementAtOrDefault(1) ?? "";

    public string Subresource => Rest.ElementAtOrDefault(2) ?? "";

    public bool IsWatch => Verb == "GET" && this["watch"] is "true" or "1";

    public bool IsApply => Verb == "PATCH" && ContentType.StartsWith("application/apply-patch", StringComparison.Ordinal);

    public bool IsDryRun => this["dryRun"].Length > 0;

    /// <summary>Who is recorded as the owner of what is written: the name given, or else the program's.</summary>
    public string FieldManager => this["fieldManager"] is { Length: > 0 } given ? given : UserAgent.Split('/')[0] is { Length: > 0 } agent ? agent : "unknown";

    private string[] Rest => Namespace.Length > 0 ? parts[2..] : parts;

    /// <summary>A parameter of the query, or nothing.</summary>
    public string this[string parameter] => Query.GetValueOrDefault(parameter, "");

    public static async Task<ApiRequest> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(request.Body);
        var body = await reader.ReadToEndAsync(cancellationToken);
        var query = QueryHelpers.ParseQuery(request.QueryString.Value).ToDictionary(pair => pair.Key, pair => pair.Value.ToString(), StringComparer.Ordinal);
        return new ApiRequest(request.Method, request.Path, query, request.ContentType ?? "", body, request.Headers.UserAgent.ToString(), request.Headers.Authorization.ToString());
    }

    /// <summary>The body, be it JSON or YAML.</summary>
    public JsonObject Content()
    {
        var text = Body.TrimStart().StartsWith('{') ? Body : AsJson(Body);
        return JsonNode.Parse(text) as JsonObject ?? throw ApiException.BadRequest("the body of the request was in an unknown format - accepted media types include: application/json, application/yaml");
    }

    public override string ToString() => $"{Verb} {Path}{(Query.Count == 0 ? "" : "?" + string.Join('&', Query.Select(pair => $"{pair.Key}={pair.Value}")))}";

    private static string AsJson(string yaml)
    {
        var value = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build().Deserialize(new StringReader(yaml));
        return new SerializerBuilder().JsonCompatible().Build().Serialize(value);
    }

    /// <summary>What follows the group and version.</summary>
    private static string[] Parts(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries) switch
    {
        ["api", "v1", .. var rest] => rest,
        ["apis", _, "v1", .. var rest] => rest,
        _ => [],
    };
}
