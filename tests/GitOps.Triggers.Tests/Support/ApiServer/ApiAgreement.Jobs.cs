using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using Xunit;

namespace GitOps.Triggers.Tests.Support.ApiServer;

/// <summary>What is promised of Jobs, and of what else the engine writes into a namespace.</summary>
public abstract partial class ApiAgreement
{
    [Fact]
    public async Task A_job_is_tied_to_its_pods_by_its_uid()
    {
        var job = await client.BatchV1.CreateNamespacedJobAsync(Idle(), Space);
        var labels = $$"""{"controller-uid": "{{job.Metadata.Uid}}", "batch.kubernetes.io/controller-uid": "{{job.Metadata.Uid}}", "job-name": "a", "batch.kubernetes.io/job-name": "a"}""";
        AssertSame($$$"""
            {
              "parallelism": 0, "backoffLimit": 6, "completionMode": "NonIndexed", "suspend": false, "manualSelector": false, "podReplacementPolicy": "TerminatingOrFailed",
              "selector": {"matchLabels": {"batch.kubernetes.io/controller-uid": "{{{job.Metadata.Uid}}}"}},
              "template": {"metadata": {"labels": {{{labels}}}}, "spec": {
                "restartPolicy": "Never", "dnsPolicy": "ClusterFirst", "schedulerName": "default-scheduler", "terminationGracePeriodSeconds": 30, "securityContext": {},
                "containers": [{
                  "name": "main", "image": "busybox", "imagePullPolicy": "Always", "resources": {},
                  "terminationMessagePath": "/dev/termination-log", "terminationMessagePolicy": "File"
                }]
              }}
            }
            """, job.Spec);
        Assert.Equal(job.Spec.Template.Metadata.Labels, (await client.BatchV1.ReadNamespacedJobAsync("a", Space)).Metadata.Labels);
    }

    [Fact]
    public async Task The_template_of_a_job_cannot_be_changed()
    {
        await client.BatchV1.CreateNamespacedJobAsync(Idle(), Space);
        var status = await Refusal.OfAsync(client.BatchV1.PatchNamespacedJobAsync(OtherImage, "a", Space));
        Assert.Equal((422, "spec.template"), (status.Code, status.Details.Causes[0].Field));
        Assert.EndsWith("field is immutable", status.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_pods_of_a_suspended_job_cannot_be_changed_but_their_labels_can()
    {
        var job = Idle();
        job.Spec.Suspend = true;
        await client.BatchV1.CreateNamespacedJobAsync(job, Space);
        var status = await Refusal.OfAsync(client.BatchV1.PatchNamespacedJobAsync(OtherImage, "a", Space));
        Assert.Equal((422, "spec.template.spec"), (status.Code, status.Details.Causes[0].Field));
        var labelled = await client.BatchV1.PatchNamespacedJobAsync(new V1Patch("""{"spec":{"template":{"metadata":{"labels":{"color":"red"}}}}}""", V1Patch.PatchType.MergePatch), "a", Space);
        Assert.Equal("red", labelled.Spec.Template.Metadata.Labels["color"]);
    }

    [Fact]
    public async Task A_job_that_restarts_for_ever_is_invalid()
    {
        var job = Idle();
        job.Spec.Template.Spec.RestartPolicy = null;
        var status = await Refusal.OfAsync(client.BatchV1.CreateNamespacedJobAsync(job, Space));
        Assert.Equal("Job.batch \"a\" is invalid: spec.template.spec.restartPolicy: Required value: valid values: \"OnFailure\", \"Never\"", status.Message);
    }

    [Fact]
    public async Task What_guards_a_namespace_is_stored_in_its_canonical_form()
    {
        var policy = await client.NetworkingV1.CreateNamespacedNetworkPolicyAsync(new V1NetworkPolicy
        {
            Metadata = new V1ObjectMeta { Name = "a" },
            Spec = new V1NetworkPolicySpec { PodSelector = new V1LabelSelector(), Egress = [new V1NetworkPolicyEgressRule { Ports = [new V1NetworkPolicyPort { Port = 53 }] }] },
        }, Space);
        AssertSame("""{"podSelector": {}, "policyTypes": ["Ingress", "Egress"], "egress": [{"ports": [{"port": 53, "protocol": "TCP"}]}]}""", policy.Spec);
        var quota = await client.CoreV1.CreateNamespacedResourceQuotaAsync(new V1ResourceQuota
        {
            Metadata = new V1ObjectMeta { Name = "a" },
            Spec = new V1ResourceQuotaSpec { Hard = new Dictionary<string, ResourceQuantity> { ["limits.memory"] = new("2048Mi"), ["pods"] = new("10") } },
        }, Space);
        AssertSame("""{"hard": {"limits.memory": "2Gi", "pods": "10"}}""", quota.Spec);
        var secret = await client.CoreV1.CreateNamespacedSecretAsync(new V1Secret { Metadata = new V1ObjectMeta { Name = "a" }, StringData = new Dictionary<string, string> { ["key"] = "value" } }, Space);
        Assert.Equal(("Opaque", "value"), (secret.Type, System.Text.Encoding.UTF8.GetString(secret.Data["key"])));
        Assert.Null(secret.StringData);
    }

    private static V1Patch OtherImage => new("""{"spec":{"template":{"spec":{"containers":[{"name":"main","image":"other"}]}}}}""", V1Patch.PatchType.StrategicMergePatch);

    /// <summary>A Job that starts no pod.</summary>
    private static V1Job Idle() => new()
    {
        Metadata = new V1ObjectMeta { Name = "a" },
        Spec = new V1JobSpec
        {
            Parallelism = 0,
            Template = new V1PodTemplateSpec { Spec = new V1PodSpec { RestartPolicy = "Never", Containers = [new V1Container { Name = "main", Image = "busybox" }] } },
        },
    };

    private static void AssertSame(string expected, object actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(KubernetesJson.Serialize(actual))), KubernetesJson.Serialize(actual));
}
