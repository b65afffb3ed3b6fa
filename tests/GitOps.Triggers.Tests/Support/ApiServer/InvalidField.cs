using System.Text.Json.Nodes;

namespace GitOps.Triggers.Tests.Support.ApiServer;

/// <summary>One cause of a 422: <c>spec.schedule</c>, <c>FieldValueInvalid</c>, <c>Invalid value: "x": must be y</c>.</summary>
internal sealed record InvalidField(string Path, string Type, string Says)
{
    public static InvalidField Value(string path, JsonNode? value, string says) => new(path, "FieldValueInvalid", $"Invalid value: {value?.ToJsonString() ?? "null"}: {says}");

    public static InvalidField Required(string path, string says) => new(path, "FieldValueRequired", says.Length == 0 ? "Required value" : $"Required value: {says}");

    public static InvalidField Unsupported(string path, string value, params IEnumerable<string> supported) =>
        new(path, "FieldValueNotSupported", $"Unsupported value: \"{value}\": supported values: {string.Join(", ", supported.Select(one => $"\"{one}\""))}");

    public JsonObject ToCause() => new() { ["reason"] = Type, ["message"] = Says, ["field"] = Path };

    public override string ToString() => $"{Path}: {Says}";
}
