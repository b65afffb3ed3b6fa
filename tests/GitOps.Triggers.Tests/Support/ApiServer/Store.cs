using System.Globalization;
using System.Text.Json.Nodes;

namespace GitOps.Triggers.Tests.Support.ApiServer;

/// <summary>The objects, the one rising version of all of them, and the changes that watches tell of.</summary>
internal sealed class Store
{
    private readonly SortedDictionary<string, JsonObject> objects = new(StringComparer.Ordinal);
    private readonly List<Change> history = [];
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Held while a request is carried out, so that each sees what the one before it left.</summary>
    public Lock Gate { get; } = new();

    public long Version { get; private set; } = 100;

    /// <summary>The oldest version that a watch may begin from.</summary>
    public long Oldest { get; private set; }

    public JsonObject? Find(Resource resource, string space, string name)
    {
        lock (Gate)
            return objects.GetValueOrDefault(Key(resource, space, name))?.Copy();
    }

    /// <summary>All of a namespace by name, or of all namespaces when none is given.</summary>
    public IReadOnlyList<JsonObject> List(Resource resource, string space)
    {
        var prefix = space.Length == 0 ? resource.Qualified + '/' : Key(resource, space, "");
        lock (Gate)
            return [.. objects.Where(pair => pair.Key.StartsWith(prefix, StringComparison.Ordinal)).Select(pair => pair.Value.Copy())];
    }

    public IReadOnlyList<(Resource Resource, JsonObject Object)> OwnedBy(string uid)
    {
        lock (Gate)
            return [.. objects.Values.Where(one => one.At("metadata").Items("ownerReferences").Any(owner => Json.Text(owner, "uid") == uid))
                .Select(one => (Resource.OfKind(Json.Text(one, "kind")), one.Copy()))];
    }

    /// <summary>Stores the object under a new version, and returns it so.</summary>
    public JsonObject Write(Resource resource, JsonObject value)
    {
        lock (Gate)
        {
            var key = Key(resource, value.Namespace(), value.Name());
            var stored = Stamped(value);
            Record(new Change(Version, resource, objects.GetValueOrDefault(key), stored));
            objects[key] = stored;
            return stored.Copy();
        }
    }

    public JsonObject Remove(Resource resource, JsonObject value)
    {
        lock (Gate)
        {
            objects.Remove(Key(resource, value.Namespace(), value.Name()), out var before);
            var last = Stamped(value);
            Record(new Change(Version, resource, before, null) { Last = last });
            return last.Copy();
        }
    }

    /// <summary>What happened after that version, and a task that ends when more does.</summary>
    public (IReadOnlyList<Change> Changes, Task More) After(long version)
    {
        lock (Gate)
        {
            // By version, as they are recorded: who follows closely looks at the last ones only.
            var first = history.Count;
            while (first > 0 && history[first - 1].Version > version)
                first--;
            return (history.GetRange(first, history.Count - first), changed.Task);
        }
    }

    /// <summary>Forgets the changes until now, as etcd does after some minutes. What watches have still to tell is lost to them.</summary>
    public void Compact()
    {
        lock (Gate)
        {
            history.Clear();
            Oldest = Version;
        }
    }

    private static string Key(Resource resource, string space, string name) => $"{resource.Qualified}/{(resource.Namespaced ? space : "")}/{name}";

    private JsonObject Stamped(JsonObject value)
    {
        var stamped = value.Copy();
        stamped.Meta()["resourceVersion"] = (++Version).ToString(CultureInfo.InvariantCulture);
        return stamped;
    }

    private void Record(Change change)
    {
        history.Add(change);
        changed.SetResult();
        changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
