using k8s.Models;

namespace GitOps.Triggers.Rendering;

/// <summary>
/// The engine's own reasons not to start runs, laid over what was rendered when it is applied: an operator's pause, a vanished branch.
/// A release is stored without them, so a pause outlives any number of deployments and leaves nothing behind when it ends.
/// </summary>
internal static class Suspension
{
    /// <returns>A copy that starts no runs and says why.</returns>
    public static V1CronJob Of(V1CronJob rendered, string reason)
    {
        var suspended = RenderedYaml.Copy(rendered);
        suspended.Spec.Suspend = true;
        suspended.Metadata.Annotations = new SortedDictionary<string, string>(suspended.Metadata.Annotations, StringComparer.Ordinal) { [Annotations.Suspended] = reason };
        return suspended;
    }
}
