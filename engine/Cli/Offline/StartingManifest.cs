using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Cli;

/// <summary>A manifest to begin with: valid as it is, short, and showing what most people change first.</summary>
internal sealed class StartingManifest
{
    private readonly TriggerName name;
    private readonly string schedule;
    private readonly string timeZone;
    private readonly IReadOnlyCollection<EnvironmentName> environments;

    /// <exception cref="CliException">The schedule or the zone is none.</exception>
    public StartingManifest(TriggerName name, string schedule, string timeZone, IReadOnlyCollection<EnvironmentName> environments)
    {
        if (!HashedSchedule.TryResolve(schedule, name.Value, out var resolved, out var problem) || !CronSchedule.TryParse(resolved, timeZone, out var read, out problem))
            throw CliException.Usage(problem.Message, problem.Fix);
        (this.name, this.schedule, this.timeZone, this.environments) = (name, schedule.Trim(), read.TimeZone, environments);
    }

    public string Text()
    {
        var first = environments.First();
        var later = environments.Skip(1).Select(environment => $$"""
              {{environment}}: {}                     # deployed here too, but it runs on demand only until it has a schedule

            """);
        return $$"""
            apiVersion: triggers.gitops/v1
            kind: ScheduledTrigger
            name: {{name}}
            description: What this job does, for those who find it later.

            run:
              env:
                LOG_LEVEL: info
                # API_TOKEN: { secret: {{name}}, key: token }     # from a secret of the environment, by name
              resources: { cpu: 100m, memory: 128Mi }
              timeout: 10m
              retries: 0

            environments:
              {{first}}:
                schedule: "{{schedule}}"
                timeZone: {{timeZone}}

            """ + string.Concat(later);
    }
}
