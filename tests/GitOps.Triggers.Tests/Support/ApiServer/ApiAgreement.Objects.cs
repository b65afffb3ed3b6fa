using System.Text.Json.Nodes;
using k8s;
using k8s.Models;

namespace GitOps.Triggers.Tests.Support.ApiServer;

/// <summary>What the promises are tried with.</summary>
public abstract partial class ApiAgreement
{
    private static JsonObject Job() => JsonNode.Parse("""
        {
          "apiVersion": "batch/v1", "kind": "CronJob", "metadata": {"name": "a", "labels": {"color": "red"}},
          "spec": {"schedule": "0 0 1 1 *", "suspend": true, "jobTemplate": {"spec": {"template": {"spec": {
            "restartPolicy": "Never", "serviceAccountName": "default",
            "volumes": [{"name": "tmp", "emptyDir": {"sizeLimit": "1Gi"}}, {"name": "key", "secret": {"secretName": "key"}}],
            "containers": [{
              "name": "main", "image": "busybox",
              "env": [{"name": "ONE", "value": "1"}, {"name": "TWO"}],
              "resources": {"requests": {"cpu": "500m"}, "limits": {"memory": "1Gi"}},
              "volumeMounts": [{"name": "tmp", "mountPath": "/tmp"}]
            }]
          }}}}}
        }
        """)!.AsObject();

    /// <summary>The same, with values that the server leaves out or writes in another way.</summary>
    private static JsonObject Untidy()
    {
        var job = Job();
        var pod = job.At("spec", "jobTemplate", "spec", "template", "spec")!.AsObject();
        pod["hostNetwork"] = false;
        pod.Items("volumes").First().Child("emptyDir")["sizeLimit"] = "1024Mi";
        var container = Container(job);
        container["args"] = new JsonArray();
        container.Items("env").Last()["value"] = "";
        container["resources"] = JsonNode.Parse("""{"requests": {"cpu": "0.5"}, "limits": {"memory": "1024Mi"}}""");
        container.Items("volumeMounts").Single()["readOnly"] = false;
        return job;
    }

    private static JsonObject WithSchedule(string schedule)
    {
        var job = Job();
        job.Child("spec")["schedule"] = schedule;
        return job;
    }

    private static JsonObject Container(JsonObject job) => job.At("spec", "jobTemplate", "spec", "template", "spec").Items("containers").Single();

    private static V1Container OnlyContainer(V1CronJob job) => job.Spec.JobTemplate.Spec.Template.Spec.Containers.Single();

    private static V1ConfigMap Map(string name, string labels = "") => new()
    {
        Metadata = new V1ObjectMeta { Name = name, Labels = labels.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToDictionary(label => label.Split('=')[0], label => label.Split('=')[1]) },
        Data = new Dictionary<string, string> { ["key"] = "value" },
    };

    private async Task<V1CronJob> ApplyAsync(JsonObject job, string manager = "engine", bool? force = null, string? dryRun = null) =>
        await client.BatchV1.PatchNamespacedCronJobAsync(new V1Patch(job.ToJsonString(), V1Patch.PatchType.ApplyPatch), Json.Name(job), Space, fieldManager: manager, force: force, dryRun: dryRun);

    private async Task<V1CronJob> MergeAsync(string patch, string manager) =>
        await client.BatchV1.PatchNamespacedCronJobAsync(new V1Patch(patch, V1Patch.PatchType.MergePatch), "a", Space, fieldManager: manager);
}
