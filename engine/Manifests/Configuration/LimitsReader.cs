using System.Globalization;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Manifests;

/// <summary>Reads the limits that an operator may set.</summary>
internal sealed class LimitsReader(Report report)
{
    private readonly Values values = new(report);

    public Limits Read(Fields fields)
    {
        var absent = new Limits();
        return new Limits
        {
            WebhookBody = Size(fields, "webhookBody", "64Ki", "25Mi") ?? absent.WebhookBody,
            ManifestBytes = (int?)Size(fields, "manifestSize", "1Ki", "1Mi") ?? absent.ManifestBytes,
            ManifestsPerRepository = Number(fields, "manifestsPerRepository") ?? absent.ManifestsPerRepository,
            RepositoryBytes = Size(fields, "repositorySize", "1Mi", "1Ti") ?? absent.RepositoryBytes,
            FetchTimeout = values.Duration(fields.Find("fetchTimeout"), "10s", "1h") ?? absent.FetchTimeout,
            ParallelPasses = Number(fields, "parallelPasses") ?? absent.ParallelPasses,
            ParallelPassesPerRepository = Number(fields, "parallelPassesPerRepository"),
            ContextBytes = Size(fields, "contextSize", "1Mi", "1Ti") ?? absent.ContextBytes,
            ContextEntries = Number(fields, "contextFiles") ?? absent.ContextEntries,
            BuildTimeout = values.Duration(fields.Find("buildTimeout"), "1m", "1d") ?? absent.BuildTimeout,
            BuildMemory = Size(fields, "buildMemory", "64Mi", "1Ti") is { } memory ? memory.ToString(CultureInfo.InvariantCulture) + "b" : absent.BuildMemory,
            BuildCpus = Number(fields, "buildCpus") ?? absent.BuildCpus,
            BuildProcesses = Number(fields, "buildProcesses") ?? absent.BuildProcesses,
            BuildDisk = Size(fields, "buildDisk", "64Mi", "1Ti") ?? absent.BuildDisk,
            BuildLogBytes = Size(fields, "buildLogSize", "64Ki", "1Gi") ?? absent.BuildLogBytes,
            BuildsKept = Number(fields, "buildsKept") ?? absent.BuildsKept,
            DeploymentsKept = Number(fields, "releasesKept") ?? absent.DeploymentsKept,
            RecordsKeptFor = values.Duration(fields.Find("keptFor"), "1d", "3650d") ?? absent.RecordsKeptFor,
            ParallelBuilds = Number(fields, "parallelBuilds") ?? absent.ParallelBuilds,
            ParallelBuildsPerRepository = Number(fields, "parallelBuildsPerRepository"),
            RunLogBytes = Size(fields, "runLogSize", "64Ki", "1Gi") ?? absent.RunLogBytes,
            ParallelRuns = Number(fields, "parallelRuns") ?? absent.ParallelRuns,
            ParallelRunsPerRepository = Number(fields, "parallelRunsPerRepository") ?? absent.ParallelRunsPerRepository,
        };
    }

    private static int? Number(Fields fields, string key) => Values.Integer(fields.Find(key));

    private long? Size(Fields fields, string key, string least, string most) =>
        values.Memory(fields.Find(key), least, most) is { } size && !report.HasErrors ? (long)size.Value : null;
}
