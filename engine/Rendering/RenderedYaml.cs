using System.Text.Json;
using k8s;
using k8s.Models;

namespace GitOps.Triggers.Rendering;

/// <summary>A rendered CronJob as the YAML that is stored, shown, compared, and fit for <c>kubectl apply</c>. Equal jobs give equal text.</summary>
internal static class RenderedYaml
{
    public static string Write(V1CronJob job)
    {
        using var document = JsonDocument.Parse(KubernetesJson.Serialize(job));
        return YamlPrinter.Print(document.RootElement);
    }

    public static V1CronJob Read(string yaml) => KubernetesJson.Deserialize<V1CronJob>(PrintedYaml.Read(yaml)!.ToJsonString());

    /// <summary>Nothing of it is shared with the original.</summary>
    public static V1CronJob Copy(V1CronJob job) => KubernetesJson.Deserialize<V1CronJob>(KubernetesJson.Serialize(job));
}
