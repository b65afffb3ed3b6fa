using k8s;
using k8s.Models;
using Xunit;

namespace GitOps.Triggers.Tests.Support.ApiServer;

/// <summary>What is promised of watches.</summary>
public abstract partial class ApiAgreement
{
    [Fact]
    public async Task A_watch_tells_of_all_changes_since_a_version_in_order()
    {
        var list = await client.CoreV1.ListNamespacedConfigMapAsync(Space);
        await client.CoreV1.CreateNamespacedConfigMapAsync(Map("a", "color=red"), Space);
        await client.CoreV1.CreateNamespacedConfigMapAsync(Map("b", "color=blue"), Space);
        await client.CoreV1.PatchNamespacedConfigMapAsync(new V1Patch("""{"data":{"key":"other"}}""", V1Patch.PatchType.MergePatch), "a", Space);
        await client.CoreV1.DeleteNamespacedConfigMapAsync("b", Space);
        var seen = await WatchAsync(4, list.Metadata.ResourceVersion, "color");
        Assert.Equal(["Added a", "Added b", "Modified a", "Deleted b"], seen.Select(one => one.Said));
        Assert.Equal(seen.Select(one => one.Version).Order(), seen.Select(one => one.Version));
        Assert.Equal(4, seen.Select(one => one.Version).Distinct().Count());
    }

    [Fact]
    public async Task A_watch_from_nothing_begins_with_what_is_there()
    {
        await client.CoreV1.CreateNamespacedConfigMapAsync(Map("a", "color=red"), Space);
        Assert.Equal(["Added a"], (await WatchAsync(1, null, "color=red")).Select(one => one.Said));
    }

    [Fact]
    public async Task What_a_selector_no_longer_finds_is_deleted_to_its_watch()
    {
        var made = await client.CoreV1.CreateNamespacedConfigMapAsync(Map("a", "color=red"), Space);
        await client.CoreV1.PatchNamespacedConfigMapAsync(new V1Patch("""{"metadata":{"labels":{"color":"blue"}}}""", V1Patch.PatchType.MergePatch), "a", Space);
        await client.CoreV1.PatchNamespacedConfigMapAsync(new V1Patch("""{"metadata":{"labels":{"color":"red"}}}""", V1Patch.PatchType.MergePatch), "a", Space);
        Assert.Equal(["Deleted a", "Added a"], (await WatchAsync(2, made.Metadata.ResourceVersion, "color=red")).Select(one => one.Said));
    }

    /// <summary>With a selector always: controllers of a real cluster put what is theirs into each namespace, when they come to it.</summary>
    private async Task<List<(string Said, long Version)>> WatchAsync(int count, string? version, string selector)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var seen = new List<(string, long)>();
        // A busy server may end a watch at any time; it is opened again where it was.
        while (seen.Count < count)
        {
            await foreach (var (type, item) in client.CoreV1.WatchListNamespacedConfigMapAsync(Space, resourceVersion: version, labelSelector: selector, cancellationToken: deadline.Token))
            {
                version = item.Metadata.ResourceVersion;
                seen.Add(($"{type} {item.Metadata.Name}", long.Parse(version, System.Globalization.CultureInfo.InvariantCulture)));
                if (seen.Count == count)
                    break;
            }
        }
        return seen;
    }
}
