namespace GitOps.Triggers.Tests.Fuzzing;

internal static class FuzzTargets
{
    private static readonly Dictionary<string, Func<FuzzTarget>> Made = new(StringComparer.Ordinal)
    {
        ["webhook-body"] = () => new WebhookBodyTarget(),
        ["trigger-manifest"] = () => new TriggerManifestTarget(),
        ["engine-configuration"] = () => new EngineConfigurationTarget(),
        ["schedule"] = () => new ScheduleTarget(),
        ["dockerignore"] = () => new DockerIgnoreTarget(),
        ["dockerfile"] = () => new DockerfileTarget(),
        ["git-tree"] = () => new GitTreeTarget(),
    };

    public static IEnumerable<string> Names => Made.Keys;

    public static FuzzTarget Make(string name) => Made[name]();
}
