using System.Globalization;
using System.Text.Json.Nodes;

namespace GitOps.Triggers.Tests.Support.ApiServer;

/// <summary>Lists, whole or in pages. All pages show the objects as they were when the first was asked for.</summary>
internal sealed class Lists(Store store)
{
    private readonly Dictionary<string, (long Version, IReadOnlyList<JsonObject> Left)> pages = new(StringComparer.Ordinal);

    public JsonObject Get(ApiRequest request, Resource resource)
    {
        lock (store.Gate)
        {
            var (version, found) = request["continue"] is { Length: > 0 } token
                ? pages.GetValueOrDefault(token, (-1, []))
                : (store.Version, [.. store.List(resource, request.Namespace).Where(Selectors.Of(request))]);
            if (version < 0)
                throw ApiException.Expired("The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter.");
            var limit = int.TryParse(request["limit"], CultureInfo.InvariantCulture, out var asked) && asked > 0 ? asked : int.MaxValue;
            var list = new JsonObject
            {
                ["kind"] = resource.Kind + "List",
                ["apiVersion"] = resource.ApiVersion,
                ["metadata"] = new JsonObject { ["resourceVersion"] = version.ToString(CultureInfo.InvariantCulture) },
                ["items"] = new JsonArray([.. found.Take(limit).Select(Unnamed)]),
            };
            if (found.Count > limit)
                Continue(list.Meta(), version, [.. found.Skip(limit)]);
            return list;
        }
    }

    /// <summary>Makes all continuations expire.</summary>
    public void Compact()
    {
        lock (store.Gate)
            pages.Clear();
    }

    private void Continue(JsonObject metadata, long version, IReadOnlyList<JsonObject> rest)
    {
        var token = Guid.NewGuid().ToString("N");
        pages[token] = (version, rest);
        metadata["continue"] = token;
        metadata["remainingItemCount"] = rest.Count;
    }

    /// <summary>Items of a list do not say what kind they are, in the real server neither.</summary>
    private static JsonObject Unnamed(JsonObject value)
    {
        var item = value.Copy();
        item.Remove("apiVersion");
        item.Remove("kind");
        return item;
    }
}
