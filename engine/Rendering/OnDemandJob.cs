using System.Globalization;
using GitOps.Triggers.Domain;
using k8s.Models;

namespace GitOps.Triggers.Rendering;

/// <summary>A Job from a CronJob's template, as <c>kubectl create job --from</c> makes it, with what the engine knows of a run on demand.</summary>
internal static class OnDemandJob
{
    private const string Instantiate = "cronjob.kubernetes.io/instantiate";

    /// <param name="cronJob">As it is on the cluster.</param>
    /// <param name="run">Its id becomes the name; its arguments, if there are some, replace the template's.</param>
    public static V1Job Of(V1CronJob cronJob, RunRecord run)
    {
        var template = RenderedYaml.Copy(cronJob).Spec.JobTemplate;
        var container = template.Spec.Template.Spec.Containers.Single(one => one.Name == Pod.ContainerName);
        if (run.Args is { } args)
            container.Args = [.. args.Select(VariableReferences.Escape)];
        container.Env = [.. container.Env ?? [], new V1EnvVar { Name = RunVariables.ScheduledTime, Value = run.ScheduledFor.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) }];
        return new V1Job
        {
            ApiVersion = $"{V1Job.KubeGroup}/{V1Job.KubeApiVersion}",
            Kind = V1Job.KubeKind,
            Metadata = new V1ObjectMeta
            {
                Name = run.Id.Value,
                NamespaceProperty = cronJob.Metadata.NamespaceProperty,
                Labels = template.Metadata.Labels,
                Annotations = new SortedDictionary<string, string>(template.Metadata.Annotations ?? new Dictionary<string, string>(), StringComparer.Ordinal) { [Instantiate] = "manual" },
                // Without blockOwnerDeletion, which would need a right to finalizers.
                OwnerReferences = [new V1OwnerReference { ApiVersion = $"{V1CronJob.KubeGroup}/{V1CronJob.KubeApiVersion}", Kind = V1CronJob.KubeKind, Name = cronJob.Metadata.Name, Uid = cronJob.Metadata.Uid, Controller = true }],
            },
            Spec = template.Spec,
        };
    }
}
