using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Builds;

internal static class BuildCpus
{
    /// <summary>Docker refuses more cores than the machine has.</summary>
    public static int Here(Limits limits) => Math.Min(limits.BuildCpus, Environment.ProcessorCount);
}
