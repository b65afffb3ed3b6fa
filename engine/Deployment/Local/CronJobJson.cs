using System.Text.Json.Nodes;
using k8s;
using k8s.Models;

namespace GitOps.Triggers.Deployment;

/// <summary>CronJobs and Jobs as they are stored on this machine.</summary>
internal static class CronJobJson
{
    public static string Write(V1CronJob cronJob) => KubernetesJson.Serialize(cronJob);

    public static string Write(V1JobSpec job) => KubernetesJson.Serialize(job);

    public static V1CronJob ReadCronJob(string json) => KubernetesJson.Deserialize<V1CronJob>(json);

    public static V1JobSpec ReadJob(string json) => KubernetesJson.Deserialize<V1JobSpec>(json);

    /// <summary>Whether both say the same, in whatever order.</summary>
    public static bool Same(string left, string right) => left == right || JsonNode.DeepEquals(JsonNode.Parse(left), JsonNode.Parse(right));
}
