using System.Text.Json.Nodes;

namespace GitOps.Triggers.Tests.Support.ApiServer;

/// <summary>One write. Without a before the object was made, without an after it was deleted.</summary>
internal sealed record Change(long Version, Resource Resource, JsonObject? Before, JsonObject? After)
{
    /// <summary>A deleted object under the version of its deletion.</summary>
    public JsonObject? Last { get; init; }

    /// <summary>The event for those who see only what the filter lets through: what leaves their sight is deleted to them.</summary>
    public JsonObject? EventFor(Func<JsonObject, bool> sees) => (Before is not null && sees(Before), After is not null && sees(After)) switch
    {
        (false, true) => Event("ADDED", After!),
        (true, true) => Event("MODIFIED", After!),
        (true, false) => Event("DELETED", Last ?? WithVersionOf(After!)),
        _ => null,
    };

    public static JsonObject Event(string type, JsonObject value) => new() { ["type"] = type, ["object"] = value.DeepClone() };

    /// <summary>As it was when last seen, under the version of the change that hid it.</summary>
    private JsonObject WithVersionOf(JsonObject after)
    {
        var seen = Before!.Copy();
        seen.Meta()["resourceVersion"] = after.Version();
        return seen;
    }
}
