using System.Text.Json.Nodes;

namespace GitOps.Triggers.Tests.Support.ApiServer;

/// <summary>The rules of server-side apply: structured-merge-diff's merge/update.go, in short.</summary>
internal static class ServerSideApply
{
    /// <summary>What is there with what is wanted merged into it, and who owns what then.</summary>
    /// <exception cref="ApiException">409: someone else owns a field that would change.</exception>
    public static (JsonObject Merged, Ownership Ownership) Apply(JsonObject? live, JsonObject wanted, Manager manager, bool force)
    {
        var ownership = Ownership.Of(live);
        var before = ownership[manager].ToHashSet(StringComparer.Ordinal);
        ownership.Set(manager, FieldSet.Of(wanted).Keys);
        var merged = live is null ? wanted.Copy() : (JsonObject)Merge(live, wanted, "")!;
        Prune(merged, before, ownership.Covered());
        var compared = Comparison.Of(live, merged);
        var conflicts = ownership.Managers.Where(other => other != manager)
            .SelectMany(other => ownership[other].Intersect(compared.Written).Order(StringComparer.Ordinal).Select(path => (other, path))).ToList();
        if (conflicts.Count > 0 && !force)
            throw ApiException.ApplyConflict([.. conflicts.Select(conflict => (conflict.other, FieldSet.Show(conflict.path)))]);
        ownership.Take(manager, [.. compared.Written, .. compared.Removed]);
        return (merged, ownership);
    }

    /// <summary>A write that is no apply takes what it changes, whoever had it.</summary>
    public static Ownership Update(JsonObject? live, JsonObject written, Manager manager)
    {
        var ownership = Ownership.Of(live);
        var compared = Comparison.Of(live, written);
        ownership.Take(manager, [.. compared.Written, .. compared.Removed]);
        ownership.Set(manager, ownership[manager].Except(compared.Removed).Union(compared.Written));
        return ownership;
    }

    /// <summary>Removes what the manager applied last time and nobody owns any more, with all that the server had added below it: parents first, since an item is found by its key.</summary>
    private static void Prune(JsonObject merged, IEnumerable<string> before, HashSet<string> covered)
    {
        foreach (var path in before.SelectMany(FieldSet.Above).Distinct().Where(path => !covered.Contains(path)).OrderBy(path => path.Length).ToList())
            Remove(merged, FieldSet.Elements(path));
    }

    private static void Remove(JsonNode? node, ReadOnlySpan<string> elements, string field = "")
    {
        var (element, isLast) = (elements[0], elements.Length == 1);
        if (node is JsonObject parent && element.StartsWith("f:", StringComparison.Ordinal))
        {
            if (isLast)
                parent.Remove(element[2..]);
            else
                Remove(parent[element[2..]], elements[1..], element[2..]);
        }
        else if (node is JsonArray items && items.FirstOrDefault(item => ListKeys.Element(field, item) == element) is { } found)
        {
            if (isLast)
                items.Remove(found);
            else
                Remove(found, elements[1..]);
        }
    }

    private static JsonNode? Merge(JsonNode? live, JsonNode? wanted, string field)
    {
        if (live is JsonArray items && wanted is JsonArray others && ListKeys.Of(field).Count > 0)
            return MergeItems(items, others, field);
        if (live is not JsonObject old || wanted is not JsonObject fields || ListKeys.IsAtomic(field))
            return wanted?.DeepClone();
        var merged = old.Copy();
        foreach (var (name, value) in fields)
            merged[name] = Merge(old[name], value, name);
        return merged;
    }

    /// <summary>In the order of what is wanted; items of others stay where they are between them.</summary>
    private static JsonArray MergeItems(JsonArray live, JsonArray wanted, string field)
    {
        var (result, done) = (new JsonArray(), new HashSet<string>(StringComparer.Ordinal));
        var old = live.Select(item => (Place: ListKeys.Element(field, item), Item: item)).DistinctBy(one => one.Place).ToList();
        var now = wanted.Select(item => (Place: ListKeys.Element(field, item), Item: item)).ToList();
        for (var (left, right) = (0, 0); left < old.Count || right < now.Count;)
        {
            if (left < old.Count && done.Contains(old[left].Place))
                left++;
            else if (left < old.Count && now.TrueForAll(one => one.Place != old[left].Place))
                result.Add(old[left++].Item?.DeepClone());
            else
            {
                var (place, item) = now[right++];
                result.Add(Merge(old.Find(one => one.Place == place).Item, item, ""));
                done.Add(place);
            }
        }
        return result;
    }
}
