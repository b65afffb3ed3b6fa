using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Cronos;

namespace GitOps.Triggers.Tests.Support.ApiServer;

/// <summary>The rules that what this project writes can break: pkg/apis/batch/validation/validation.go, apimachinery's for names and labels.</summary>
internal static partial class Validation
{
    /// <summary>Checks an object that is made, when there is no live one, or changed.</summary>
    /// <exception cref="ApiException">422, with all that is wrong.</exception>
    public static void Check(Resource resource, JsonObject? live, JsonObject value)
    {
        var found = new List<InvalidField>(Names(value));
        if (resource == Resource.CronJobs)
            found.AddRange(CronJob(value, isNew: live is null));
        else if (resource == Resource.Jobs)
            found.AddRange([.. JobSpec(value["spec"], "spec"), .. live is null ? [] : Immutable(live, value)]);
        else if (resource == Resource.Pods)
            found.AddRange(Containers(value["spec"], "spec"));
        if (found.Count > 0)
            throw ApiException.Invalid(resource.Kind, resource.Group, value.Name(), found);
    }

    private static IEnumerable<InvalidField> Names(JsonObject value)
    {
        if (!Subdomain().IsMatch(value.Name()) || value.Name().Length > 253)
            yield return InvalidField.Value("metadata.name", value.Name(), "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')");
        foreach (var (_, label) in value.At("metadata", "labels") as JsonObject ?? [])
        {
            if (label!.ToString().Length > 63)
                yield return InvalidField.Value("metadata.labels", label, "must be no more than 63 bytes");
            else if (!LabelValue().IsMatch(label.ToString()))
                yield return InvalidField.Value("metadata.labels", label, "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')");
        }
    }

    private static IEnumerable<InvalidField> CronJob(JsonObject value, bool isNew)
    {
        if (isNew && value.Name().Length > 52)
            yield return InvalidField.Value("metadata.name", value.Name(), "must be no more than 52 characters");
        var schedule = Json.Text(value["spec"], "schedule");
        if (schedule.Length == 0)
            yield return InvalidField.Required("spec.schedule", "");
        else if (ScheduleError(schedule) is { } says)
            yield return InvalidField.Value("spec.schedule", schedule, says);
        if (Json.Text(value["spec"], "timeZone") is { Length: > 0 } zone && !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
            yield return InvalidField.Value("spec.timeZone", zone, $"unknown time zone {zone}");
        if (Json.Text(value["spec"], "concurrencyPolicy") is var policy and not ("Allow" or "Forbid" or "Replace"))
            yield return InvalidField.Unsupported("spec.concurrencyPolicy", policy, "Allow", "Forbid", "Replace");
        foreach (var field in JobSpec(value.At("spec", "jobTemplate", "spec"), "spec.jobTemplate.spec"))
            yield return field;
    }

    private static IEnumerable<InvalidField> JobSpec(JsonNode? spec, string path)
    {
        var pod = spec.At("template", "spec");
        foreach (var field in Containers(pod, $"{path}.template.spec"))
            yield return field;
        if (Json.Text(pod, "restartPolicy") == "Always")
            yield return InvalidField.Required($"{path}.template.spec.restartPolicy", "valid values: \"OnFailure\", \"Never\"");
    }

    private static IEnumerable<InvalidField> Containers(JsonNode? pod, string path)
    {
        var containers = pod.Items("containers").ToList();
        if (containers.Count == 0)
            yield return InvalidField.Required($"{path}.containers", "");
        for (var index = 0; index < containers.Count; index++)
            foreach (var name in (string[])["name", "image"])
                if (Json.Text(containers[index], name).Length == 0)
                    yield return InvalidField.Required($"{path}.containers[{index}].{name}", "");
    }

    /// <summary>The labels of a suspended Job's pods may still change.</summary>
    private static IEnumerable<InvalidField> Immutable(JsonObject live, JsonObject value) =>
        from path in (string[])["selector", live.At("spec", "suspend")?.GetValue<bool>() == true ? "template.spec" : "template", "completionMode", "podFailurePolicy", "backoffLimitPerIndex", "managedBy", "successPolicy"]
        let field = $"spec.{path}"
        where !JsonNode.DeepEquals(live.At(field.Split('.')), value.At(field.Split('.')))
        select InvalidField.Value(field, value.At(field.Split('.')), "field is immutable");

    private static string? ScheduleError(string schedule)
    {
        var fields = schedule.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (schedule.Contains("TZ", StringComparison.Ordinal))
            return "cannot use TZ or CRON_TZ in schedule, use timeZone field instead";
        if (schedule.StartsWith('@'))
            return schedule.StartsWith("@every ", StringComparison.Ordinal) || CronExpression.TryParse(schedule, out _) ? null : $"unrecognized descriptor: {schedule}";
        if (fields.Length != 5)
            return $"expected exactly 5 fields, found {fields.Length}: [{string.Join(' ', fields)}]";
        return CronExpression.TryParse(schedule, out _) ? null : $"failed to parse {schedule}";
    }

    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$")]
    private static partial Regex Subdomain();

    [GeneratedRegex("^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$")]
    private static partial Regex LabelValue();
}
