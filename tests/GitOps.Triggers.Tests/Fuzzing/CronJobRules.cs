using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Rendering;
using GitOps.Triggers.Tests.Support.ApiServer;
using k8s;
using k8s.Models;
using Xunit;

namespace GitOps.Triggers.Tests.Fuzzing;

/// <summary>What a cluster asks of a CronJob that it takes (Kubernetes' validation of batch and core), and that its YAML is what was rendered.</summary>
internal static partial class CronJobRules
{
    private const int MostAnnotations = 256 << 10;

    /// <returns>It, printed.</returns>
    public static string Check(V1CronJob job)
    {
        var printed = RenderedYaml.Write(job);
        Assert.Equal(printed, RenderedYaml.Write(RenderedYaml.Read(printed)));
        var waits = job.Spec.Suspend == true && job.Spec.Schedule == NoSchedule.Expression;
        Assert.True(waits | CronSchedule.TryParse(job.Spec.Schedule, job.Spec.TimeZone, out _, out var problem), problem?.Message);
        Validated(job);
        Assert.InRange(job.Metadata.Annotations.Sum(one => one.Key.Length + one.Value.Length), 0, MostAnnotations);
        Assert.True(job.Spec.StartingDeadlineSeconds is null or >= 0 && job.Spec.JobTemplate.Spec.BackoffLimit is null or >= 0 && job.Spec.JobTemplate.Spec.ActiveDeadlineSeconds is null or > 0);
        Pod(job.Spec.JobTemplate.Spec.Template.Spec);
        return printed;
    }

    /// <summary>By the hand-written API server's rules. Schedules have a target of their own, and its reader of them is another.</summary>
    private static void Validated(V1CronJob job)
    {
        var json = JsonNode.Parse(KubernetesJson.Serialize(job))!.AsObject();
        json["spec"]!["schedule"] = "0 0 * * *";
        Validation.Check(Resource.CronJobs, null, json);
    }

    private static void Pod(V1PodSpec pod)
    {
        var container = Assert.Single(pod.Containers);
        Assert.All(container.Env, variable => Assert.Matches(VariableName(), variable.Name));
        Assert.Equal(container.Env.Count, container.Env.Select(variable => variable.Name).Distinct(StringComparer.Ordinal).Count());
        foreach (var variable in container.Env)
        {
            Key(variable.ValueFrom?.SecretKeyRef?.Name, variable.ValueFrom?.SecretKeyRef?.Key);
            Key(variable.ValueFrom?.ConfigMapKeyRef?.Name, variable.ValueFrom?.ConfigMapKeyRef?.Key);
        }
        var mounts = container.VolumeMounts ?? [];
        Assert.Equal(mounts.Count, mounts.Select(mount => mount.MountPath).Distinct(StringComparer.Ordinal).Count());
        Assert.All(mounts, mount => Assert.True(mount.MountPath.StartsWith('/') && !mount.MountPath.Contains(':', StringComparison.Ordinal), mount.MountPath));
        Assert.All(mounts, mount => Assert.Contains(pod.Volumes, volume => volume.Name == mount.Name));
        Assert.All(pod.Volumes ?? [], volume => Assert.True(DnsLabel.IsValid(volume.Name, 63), volume.Name));
        Amounts(container.Resources);
    }

    private static void Key(string? name, string? key)
    {
        if (name is null)
            return;
        Assert.Matches(ObjectName(), name);
        Assert.True(KeyName().IsMatch(key!) && key is not ("." or "..") && !key!.StartsWith("..", StringComparison.Ordinal), key);
    }

    private static void Amounts(V1ResourceRequirements resources)
    {
        foreach (var (name, request) in resources.Requests ?? new Dictionary<string, ResourceQuantity>())
        {
            Assert.True(request.ToDecimal() >= 0, request.ToString());
            if (resources.Limits?.TryGetValue(name, out var limit) == true)
                Assert.True(request.ToDecimal() <= limit.ToDecimal(), string.Create(CultureInfo.InvariantCulture, $"{name}: {request} > {limit}"));
        }
    }

    [GeneratedRegex(@"\A[-._a-zA-Z][-._a-zA-Z0-9]*\z")]
    private static partial Regex VariableName();

    [GeneratedRegex(@"\A[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?\z")]
    private static partial Regex ObjectName();

    [GeneratedRegex(@"\A[-._a-zA-Z0-9]{1,253}\z")]
    private static partial Regex KeyName();
}
