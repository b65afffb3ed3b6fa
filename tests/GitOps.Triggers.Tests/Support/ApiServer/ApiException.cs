using System.Text.Json.Nodes;

namespace GitOps.Triggers.Tests.Support.ApiServer;

/// <summary>An answer that is not the object asked for, with the words of Kubernetes: apimachinery/pkg/api/errors/errors.go.</summary>
internal sealed class ApiException(int code, string reason, string message, JsonObject? details = null) : Exception(message)
{
    public int Code => code;

    public JsonObject Status { get; } = Canonical.Of(new JsonObject
    {
        ["kind"] = "Status",
        ["apiVersion"] = "v1",
        ["metadata"] = new JsonObject(),
        ["status"] = "Failure",
        ["message"] = message,
        ["reason"] = reason,
        ["details"] = details,
        ["code"] = code,
    });

    public static ApiException NotFound(Resource resource, string name) =>
        new(404, "NotFound", $"{resource.Qualified} \"{name}\" not found", Details(resource, name));

    public static ApiException AlreadyExists(Resource resource, string name) =>
        new(409, "AlreadyExists", $"{resource.Qualified} \"{name}\" already exists", Details(resource, name));

    public static ApiException Conflict(Resource resource, string name, string why = "the object has been modified; please apply your changes to the latest version and try again") =>
        new(409, "Conflict", $"Operation cannot be fulfilled on {resource.Qualified} \"{name}\": {why}", Details(resource, name));

    /// <summary>A deletion names the kind where others name the resource.</summary>
    public static ApiException Precondition(Resource resource, string name, string why) => new(
        409, "Conflict", $"Operation cannot be fulfilled on {resource.QualifiedKind} \"{name}\": {why}",
        new JsonObject { ["name"] = name, ["group"] = resource.Group, ["kind"] = resource.Kind });

    public static ApiException BadRequest(string message) => new(400, "BadRequest", message);

    public static ApiException Expired(string message) => new(410, "Expired", message);

    public static ApiException Invalid(string kind, string group, string name, IReadOnlyList<InvalidField> fields)
    {
        var listed = fields.Count == 1 ? fields[0].ToString() : $"[{string.Join(", ", fields)}]";
        var details = new JsonObject { ["name"] = name, ["group"] = group, ["kind"] = kind, ["causes"] = new JsonArray([.. fields.Select(field => field.ToCause())]) };
        return new ApiException(422, "Invalid", $"{(group.Length == 0 ? kind : $"{kind}.{group}")} \"{name}\" is invalid: {listed}", details);
    }

    /// <param name="conflicts">Who owns which path, as the path is shown.</param>
    public static ApiException ApplyConflict(IReadOnlyList<(Manager Owner, string Path)> conflicts)
    {
        var causes = new JsonArray([.. conflicts.Select(conflict => new JsonObject
        {
            ["reason"] = "FieldManagerConflict", ["message"] = $"conflict with {conflict.Owner}", ["field"] = conflict.Path,
        })]);
        var lines = conflicts.GroupBy(conflict => conflict.Owner.ToString()).OrderBy(group => group.Key, StringComparer.Ordinal)
            .SelectMany(group => group.Select(conflict => $"- {conflict.Path}").Prepend($"conflicts with {group.Key}:"));
        var message = conflicts.Count == 1
            ? $"Apply failed with 1 conflict: conflict with {conflicts[0].Owner}: {conflicts[0].Path}"
            : $"Apply failed with {conflicts.Count} conflicts: {string.Join('\n', lines)}";
        return new ApiException(409, "Conflict", message, new JsonObject { ["causes"] = causes });
    }

    public static JsonObject Details(Resource resource, string name) => new() { ["name"] = name, ["group"] = resource.Group, ["kind"] = resource.Plural };
}
