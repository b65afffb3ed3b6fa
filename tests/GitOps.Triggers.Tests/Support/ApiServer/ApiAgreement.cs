using k8s;
using k8s.Models;
using Xunit;

namespace GitOps.Triggers.Tests.Support.ApiServer;

/// <summary>What tests rely on, promised by the hand-written server and by a real one alike.</summary>
public abstract partial class ApiAgreement : IAsyncLifetime
{
    private IKubernetes client = null!;

    private protected string Space { get; } = "agreement-" + Guid.NewGuid().ToString("N")[..8];

    public async ValueTask InitializeAsync()
    {
        client = await ConnectAsync();
        await client.CoreV1.CreateNamespaceAsync(new V1Namespace { Metadata = new V1ObjectMeta { Name = Space } });
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (client is null)
            return; // skipped
        await client.CoreV1.DeleteNamespaceAsync(Space);
        client.Dispose();
        await DisconnectAsync();
    }

    [Fact]
    public async Task A_second_creation_is_refused()
    {
        await client.CoreV1.CreateNamespacedConfigMapAsync(Map("a"), Space);
        var status = await Refusal.OfAsync(client.CoreV1.CreateNamespacedConfigMapAsync(Map("a"), Space));
        Assert.Equal((409, "AlreadyExists", "configmaps \"a\" already exists"), (status.Code, status.Reason, status.Message));
    }

    [Fact]
    public async Task What_is_not_there_is_not_found()
    {
        var status = await Refusal.OfAsync(client.BatchV1.ReadNamespacedCronJobAsync("a", Space));
        Assert.Equal((404, "NotFound", "cronjobs.batch \"a\" not found"), (status.Code, status.Reason, status.Message));
        Assert.Equal(("a", "batch", "cronjobs"), (status.Details.Name, status.Details.Group, status.Details.Kind));
        Assert.Equal(404, (await Refusal.OfAsync(client.CoreV1.DeleteNamespacedConfigMapAsync("a", Space))).Code);
        Assert.Equal("namespaces \"no-such-namespace\" not found", (await Refusal.OfAsync(client.CoreV1.CreateNamespacedConfigMapAsync(Map("a"), "no-such-namespace"))).Message);
    }

    [Fact]
    public async Task An_update_of_an_older_version_is_refused()
    {
        var first = await client.CoreV1.CreateNamespacedConfigMapAsync(Map("a"), Space);
        await client.CoreV1.PatchNamespacedConfigMapAsync(new V1Patch("""{"data":{"key":"other"}}""", V1Patch.PatchType.MergePatch), "a", Space);
        first.Data["key"] = "mine";
        var status = await Refusal.OfAsync(client.CoreV1.ReplaceNamespacedConfigMapAsync(first, "a", Space));
        Assert.Equal((409, "Conflict"), (status.Code, status.Reason));
        Assert.Equal("Operation cannot be fulfilled on configmaps \"a\": the object has been modified; please apply your changes to the latest version and try again", status.Message);
        first.Metadata.ResourceVersion = null;
        Assert.Equal("mine", (await client.CoreV1.ReplaceNamespacedConfigMapAsync(first, "a", Space)).Data["key"]);
    }

    [Fact]
    public async Task An_update_that_changes_nothing_keeps_the_version()
    {
        var first = await client.CoreV1.CreateNamespacedConfigMapAsync(Map("a"), Space);
        var second = await client.CoreV1.PatchNamespacedConfigMapAsync(new V1Patch("""{"data":{"key":"value"}}""", V1Patch.PatchType.MergePatch), "a", Space);
        Assert.Equal(first.Metadata.ResourceVersion, second.Metadata.ResourceVersion);
    }

    [Fact]
    public async Task A_deletion_keeps_to_its_preconditions()
    {
        var made = await client.CoreV1.CreateNamespacedConfigMapAsync(Map("a"), Space);
        var other = new V1DeleteOptions { Preconditions = new V1Preconditions { Uid = "b5a9e6f0-0000-4000-8000-000000000000" } };
        var status = await Refusal.OfAsync(client.CoreV1.DeleteNamespacedConfigMapAsync("a", Space, other));
        Assert.Equal($"Operation cannot be fulfilled on ConfigMap \"a\": the UID in the precondition (b5a9e6f0-0000-4000-8000-000000000000) does not match the UID in record ({made.Metadata.Uid}). The object might have been deleted and then recreated", status.Message);
        Assert.Equal(409, status.Code);
        var done = await client.CoreV1.DeleteNamespacedConfigMapAsync("a", Space, new V1DeleteOptions { Preconditions = new V1Preconditions { Uid = made.Metadata.Uid } });
        Assert.Equal(("Success", made.Metadata.Uid), (done.Status, done.Details.Uid));
    }

    [Fact]
    public async Task A_deleted_quota_is_the_answer_and_a_deleted_policy_is_not()
    {
        var quota = await client.CoreV1.CreateNamespacedResourceQuotaAsync(new V1ResourceQuota { Metadata = new V1ObjectMeta { Name = "a" }, Spec = new V1ResourceQuotaSpec() }, Space);
        await client.NetworkingV1.CreateNamespacedNetworkPolicyAsync(new V1NetworkPolicy { Metadata = new V1ObjectMeta { Name = "a" }, Spec = new V1NetworkPolicySpec { PodSelector = new V1LabelSelector() } }, Space);

        Assert.Equal(quota.Metadata.Uid, (await client.CoreV1.DeleteNamespacedResourceQuotaAsync("a", Space)).Metadata.Uid);
        Assert.Equal("Success", (await client.NetworkingV1.DeleteNamespacedNetworkPolicyAsync("a", Space)).Status);
    }

    [Theory]
    [InlineData("color=red", "a b")]
    [InlineData("color==red,size=1", "a")]
    [InlineData("color!=red", "c d kube-root-ca.crt")]
    [InlineData("color in (red, blue)", "a b c")]
    [InlineData("color notin (red, blue),size", "d")]
    [InlineData("size", "a d")]
    [InlineData("!size,color", "b c")]
    public async Task A_selector_of_labels_finds(string selector, string names)
    {
        foreach (var (name, labels) in (IEnumerable<(string, string)>)[("a", "color=red size=1"), ("b", "color=red"), ("c", "color=blue"), ("d", "size=2")])
            await client.CoreV1.CreateNamespacedConfigMapAsync(Map(name, labels), Space);
        var found = await client.CoreV1.ListNamespacedConfigMapAsync(Space, labelSelector: selector);
        Assert.Equal(names.Split(' ').Where(name => name.Length == 1), found.Items.Select(item => item.Metadata.Name).Where(name => name.Length == 1));
    }

    [Fact]
    public async Task A_collection_is_deleted_by_its_labels()
    {
        await client.CoreV1.CreateNamespacedConfigMapAsync(Map("a", "color=red"), Space);
        await client.CoreV1.CreateNamespacedConfigMapAsync(Map("b", "color=blue"), Space);
        await client.CoreV1.DeleteCollectionNamespacedConfigMapAsync(Space, labelSelector: "color=red");
        Assert.Equal(["b"], (await client.CoreV1.ListNamespacedConfigMapAsync(Space, labelSelector: "color")).Items.Select(item => item.Metadata.Name));
    }

    [Fact]
    public async Task A_list_comes_in_pages_that_do_not_see_later_changes()
    {
        foreach (var name in (string[])["a", "b", "c"])
            await client.CoreV1.CreateNamespacedConfigMapAsync(Map(name, "color=red"), Space);
        var first = await client.CoreV1.ListNamespacedConfigMapAsync(Space, labelSelector: "color=red", limit: 2);
        await client.CoreV1.DeleteNamespacedConfigMapAsync("c", Space);
        var second = await client.CoreV1.ListNamespacedConfigMapAsync(Space, labelSelector: "color=red", limit: 2, continueParameter: first.Metadata.ContinueProperty);
        Assert.Equal(["a", "b"], first.Items.Select(item => item.Metadata.Name));
        Assert.Equal(["c"], second.Items.Select(item => item.Metadata.Name));
        Assert.Equal(first.Metadata.ResourceVersion, second.Metadata.ResourceVersion);
        Assert.True(string.IsNullOrEmpty(second.Metadata.ContinueProperty));
        Assert.Null(first.Items[0].Kind); // lists do not repeat it
    }

    [Fact]
    public async Task A_field_selector_finds_one_by_its_name()
    {
        await client.CoreV1.CreateNamespacedConfigMapAsync(Map("a"), Space);
        await client.CoreV1.CreateNamespacedConfigMapAsync(Map("b"), Space);
        Assert.Equal(["b"], (await client.CoreV1.ListNamespacedConfigMapAsync(Space, fieldSelector: "metadata.name=b")).Items.Select(item => item.Metadata.Name));
    }

    private protected abstract Task<IKubernetes> ConnectAsync();

    private protected virtual ValueTask DisconnectAsync() => ValueTask.CompletedTask;
}
