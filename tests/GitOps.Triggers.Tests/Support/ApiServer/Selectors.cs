using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace GitOps.Triggers.Tests.Support.ApiServer;

/// <summary>labelSelector and fieldSelector of lists, watches and deletions of collections.</summary>
internal static partial class Selectors
{
    public static Func<JsonObject, bool> Of(ApiRequest request)
    {
        var labels = Requirements().Matches(request["labelSelector"]).Select(match => Label(match.Value.Trim())).ToList();
        var fields = request["fieldSelector"].Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Field).ToList();
        return value =>
        {
            var own = value.At("metadata", "labels") as JsonObject ?? [];
            return labels.TrueForAll(matches => matches(own)) && fields.TrueForAll(matches => matches(value));
        };
    }

    private static Func<JsonObject, bool> Label(string text)
    {
        if (Sets().Match(text) is { Success: true } set)
        {
            var values = set.Groups["values"].Value.Split(',', StringSplitOptions.TrimEntries);
            var (key, isIn) = (set.Groups["key"].Value, set.Groups["not"].Length == 0);
            return labels => labels[key] is { } value && values.Contains(value.ToString()) ? isIn : !isIn;
        }
        if (Equality().Match(text) is { Success: true } equality)
        {
            var (key, value, isEqual) = (equality.Groups["key"].Value, equality.Groups["value"].Value, equality.Groups["operator"].Value != "!=");
            return labels => labels[key]?.ToString() == value == isEqual;
        }
        return text.StartsWith('!') ? labels => labels[text[1..].Trim()] is null : labels => labels[text] is not null;
    }

    private static Func<JsonObject, bool> Field(string text)
    {
        var parts = Equality().Match(text);
        var (path, value, isEqual) = (parts.Groups["key"].Value, parts.Groups["value"].Value, parts.Groups["operator"].Value != "!=");
        if (!parts.Success || (path is not ("metadata.name" or "metadata.namespace" or "status.phase" or "spec.nodeName") && !path.StartsWith("involvedObject.", StringComparison.Ordinal)))
            throw ApiException.BadRequest($"\"{path}\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\"");
        return candidate => (candidate.At(path.Split('.'))?.ToString() ?? "") == value == isEqual;
    }

    /// <summary>Commas part the requirements, unless they are within brackets.</summary>
    [GeneratedRegex(@"(?:[^,(]|\([^)]*\))+")]
    private static partial Regex Requirements();

    [GeneratedRegex(@"^(?<key>\S+)\s+(?<not>not)?in\s*\((?<values>[^)]*)\)$")]
    private static partial Regex Sets();

    [GeneratedRegex(@"^(?<key>[^=!\s]+)\s*(?<operator>!=|==|=)\s*(?<value>.*)$")]
    private static partial Regex Equality();
}
