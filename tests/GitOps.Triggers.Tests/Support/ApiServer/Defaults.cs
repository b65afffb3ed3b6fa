using System.Text;
using System.Text.Json.Nodes;

namespace GitOps.Triggers.Tests.Support.ApiServer;

/// <summary>What the server adds to what it is given: pkg/apis/batch/v1/defaults.go, pkg/apis/core/v1/defaults.go.</summary>
internal static class Defaults
{
    public static void Set(Resource resource, JsonObject value)
    {
        Canonical.Make(value);
        switch (resource.Kind)
        {
            case "CronJob":
                CronJob(value);
                break;
            case "Job":
                Job(value);
                break;
            case "Pod":
                PodDefaults.Set(value.Child("spec"), isPod: true);
                value.Child("status").Default("phase", "Pending");
                break;
            case "Secret":
                Secret(value);
                break;
            case "Namespace":
                value.Meta().Child("labels")["kubernetes.io/metadata.name"] = value.Name();
                value.Child("spec").Default("finalizers", new JsonArray("kubernetes"));
                value.Child("status").Default("phase", "Active");
                break;
            case "NetworkPolicy":
                NetworkPolicy(value.Child("spec"));
                break;
            case "ResourceQuota":
                value.Child("status");
                break;
        }
    }

    private static void CronJob(JsonObject value)
    {
        var spec = value.Child("spec");
        spec.Default("concurrencyPolicy", "Allow");
        spec.Default("suspend", false);
        spec.Default("successfulJobsHistoryLimit", 3);
        spec.Default("failedJobsHistoryLimit", 1);
        var template = spec.Child("jobTemplate");
        template.Child("metadata");
        PodTemplate(template.Child("spec").Child("template"));
        value.Child("status");
    }

    private static void Job(JsonObject value)
    {
        var spec = value.Child("spec");
        if (spec["parallelism"] is null)
            spec.Default("completions", 1);
        spec.Default("parallelism", 1);
        spec.Default("backoffLimit", spec["backoffLimitPerIndex"] is null ? 6 : int.MaxValue);
        spec.Default("completionMode", "NonIndexed");
        spec.Default("suspend", false);
        spec.Default("manualSelector", false);
        spec.Default("podReplacementPolicy", spec["podFailurePolicy"] is null ? "TerminatingOrFailed" : "Failed");
        var template = spec.Child("template");
        PodTemplate(template);
        CopyLabels(value);
        value.Child("status");
    }

    /// <summary>Ties the Job to its pods by its uid, once that is known.</summary>
    public static void SelectPods(JsonObject job)
    {
        if (job.At("spec", "manualSelector")?.GetValue<bool>() == true)
            return;
        var labels = job.Child("spec").Child("template").Meta().Child("labels");
        foreach (var prefix in (string[])["", "batch.kubernetes.io/"])
        {
            labels.Default(prefix + "controller-uid", job.Uid());
            labels.Default(prefix + "job-name", job.Name());
        }
        job.Child("spec").Child("selector").Child("matchLabels").Default("batch.kubernetes.io/controller-uid", job.Uid());
        CopyLabels(job);
    }

    /// <summary>A Job without labels gets those of its pods; the default is set on reading, so the generated ones come along.</summary>
    private static void CopyLabels(JsonObject job)
    {
        if (job.At("metadata", "labels") is null && job.At("spec", "template", "metadata", "labels") is { } labels)
            job.Meta()["labels"] = labels.DeepClone();
    }

    private static void PodTemplate(JsonObject template)
    {
        template.Child("metadata");
        PodDefaults.Set(template.Child("spec"), isPod: false);
    }

    private static void Secret(JsonObject value)
    {
        value.Default("type", "Opaque");
        if (value["stringData"] is JsonObject texts)
            foreach (var (name, text) in texts)
                value.Child("data")[name] = Convert.ToBase64String(Encoding.UTF8.GetBytes(text?.ToString() ?? ""));
        value.Remove("stringData");
    }

    private static void NetworkPolicy(JsonObject spec)
    {
        spec.Child("podSelector");
        spec.Default("policyTypes", spec["egress"] is null ? new JsonArray("Ingress") : new JsonArray("Ingress", "Egress"));
        foreach (var port in spec.Items("ingress").Concat(spec.Items("egress")).SelectMany(rule => rule.Items("ports")))
            port.Default("protocol", "TCP");
    }
}
