using System.Globalization;
using System.Text.Json.Nodes;

namespace GitOps.Triggers.Tests.Support.ApiServer;

/// <summary>Who owns which fields of one object: its <c>metadata.managedFields</c>, read and written.</summary>
internal sealed class Ownership
{
    private readonly SortedDictionary<string, Entry> entries = new(StringComparer.Ordinal);

    public IEnumerable<Manager> Managers => entries.Values.Select(entry => entry.Manager);

    public static Ownership Of(JsonObject? value)
    {
        var ownership = new Ownership();
        foreach (var field in value.At("metadata").Items("managedFields"))
        {
            var manager = new Manager(Json.Text(field, "manager"), Json.Text(field, "operation"), Json.Text(field, "apiVersion"), Json.Text(field, "subresource"));
            ownership.entries[Key(manager)] = new Entry(manager, [.. FieldSet.Read((JsonObject)field["fieldsV1"]!)], Json.Text(field, "time"));
        }
        return ownership;
    }

    public IReadOnlySet<string> this[Manager manager] => entries.TryGetValue(Key(manager), out var entry) ? entry.Paths : new HashSet<string>();

    /// <summary>All paths that anyone owns, with all above them.</summary>
    public HashSet<string> Covered() => entries.Values.SelectMany(entry => entry.Paths).SelectMany(FieldSet.Above).ToHashSet(StringComparer.Ordinal);

    public void Set(Manager manager, IEnumerable<string> paths)
    {
        var set = paths.ToHashSet(StringComparer.Ordinal);
        if (set.Count == 0)
            entries.Remove(Key(manager));
        else if (!this[manager].SetEquals(set))
            entries[Key(manager)] = new Entry(manager, set, "");
    }

    /// <summary>Takes the paths from everyone else.</summary>
    public void Take(Manager keeper, IReadOnlyCollection<string> paths)
    {
        foreach (var other in Managers.Where(manager => manager != keeper).ToList())
            Set(other, this[other].Except(paths));
    }

    public void WriteTo(JsonObject value, DateTimeOffset now) => value.Meta()["managedFields"] = new JsonArray([.. entries.Values.Select(entry =>
    {
        var field = new JsonObject
        {
            ["manager"] = entry.Manager.Name,
            ["operation"] = entry.Manager.Operation,
            ["apiVersion"] = entry.Manager.ApiVersion,
            ["time"] = entry.Time.Length > 0 ? entry.Time : Moment(now),
            ["fieldsType"] = "FieldsV1",
            ["fieldsV1"] = FieldSet.Write(entry.Paths),
        };
        if (entry.Manager.Subresource.Length > 0)
            field["subresource"] = entry.Manager.Subresource;
        return field;
    })]);

    /// <summary>As the server writes times: whole seconds.</summary>
    public static string Moment(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public bool Same(Ownership other) =>
        entries.Keys.SequenceEqual(other.entries.Keys) && entries.All(pair => pair.Value.Paths.SetEquals(other.entries[pair.Key].Paths));

    private static string Key(Manager manager) => $"{manager.Operation}/{manager.Name}/{manager.Subresource}";

    private sealed record Entry(Manager Manager, HashSet<string> Paths, string Time);
}
