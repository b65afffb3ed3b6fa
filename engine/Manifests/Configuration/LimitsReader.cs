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
            BuildTimeout = values.Duration(fields.Find("buildTimeout"), "1m", "1d") ?? absent.BuildTimeout,
            BuildMemory = Size(fields, "buildMemory", "64Mi", "1Ti") is { } memory ? memory.ToString(CultureInfo.InvariantCulture) + "b" : absent.BuildMemory,
            ParallelBuilds = Values.Integer(fields.Find("parallelBuilds")) ?? absent.ParallelBuilds,
            ParallelRuns = Values.Integer(fields.Find("parallelRuns")) ?? absent.ParallelRuns,
            ParallelRunsPerRepository = Values.Integer(fields.Find("parallelRunsPerRepository")) ?? absent.ParallelRunsPerRepository,
            ParallelPasses = Values.Integer(fields.Find("parallelPasses")) ?? absent.ParallelPasses,
            FetchTimeout = values.Duration(fields.Find("fetchTimeout"), "10s", "1h") ?? absent.FetchTimeout,
            RepositoryBytes = Size(fields, "repositorySize", "1Mi", "1Ti") ?? absent.RepositoryBytes,
            ContextBytes = Size(fields, "contextSize", "1Mi", "1Ti") ?? absent.ContextBytes,
            ContextEntries = Values.Integer(fields.Find("contextFiles")) ?? absent.ContextEntries,
            BuildLogBytes = Size(fields, "buildLogSize", "64Ki", "1Gi") ?? absent.BuildLogBytes,
            RunLogBytes = Size(fields, "runLogSize", "64Ki", "1Gi") ?? absent.RunLogBytes,
        };
    }

    private long? Size(Fields fields, string key, string least, string most) =>
        values.Memory(fields.Find(key), least, most) is { } size && !report.HasErrors ? (long)size.Value : null;
}
