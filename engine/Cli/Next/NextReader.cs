using GitOps.Triggers.Domain;
using GitOps.Triggers.Web;

namespace GitOps.Triggers.Cli;

/// <summary>Where <c>next</c> takes its schedules from: the command line, a working tree, or the engine.</summary>
internal sealed class NextReader(Shell shell, int count)
{
    public NextView Written(string expression, string timeZone)
    {
        // There is no trigger to spread: any seed gives an example.
        if (!HashedSchedule.TryResolve(expression, "example", out var resolved, out var problem)
            || !CronSchedule.TryParse(resolved, timeZone, out var schedule, out problem))
            throw new CliException(ExitCode.Findings, problem.Message, problem.Fix);
        if (resolved != string.Join(' ', expression.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))
            shell.Terminal.Note("H differs from trigger to trigger; this is an example.");
        return NextView.Of(schedule, shell.Now, count);
    }

    public async Task<IReadOnlyList<NextView>> LocalAsync(string path, string? environment, CancellationToken ct)
    {
        var local = (await LocalManifests.ReadAsync(path, environments: null, id: null, ct)).RequireNoErrors();
        var wanted = environment is null ? null : EnvironmentName.TryParse(environment, out var name) ? name : throw CliException.Usage($"'{Shown.Text(environment)}' is not an environment name.", "Use lower-case letters, digits and dashes.");
        var manifests = wanted is null ? local.Set.Manifests : Commands.PathArgument.In(local, wanted);
        SpreadNote.Show(shell.Terminal, local, manifests, wanted);
        return [.. from manifest in manifests
            from pair in manifest.Environments
            where wanted is null || pair.Key == wanted
            select Of(pair.Value.Schedule, pair.Value.Suspend ? "trigger.yaml says 'suspend: true'" : null) with { Trigger = manifest.Name.Value, Environment = pair.Key.Value }];
    }

    public async Task<IReadOnlyList<NextView>> DeployedAsync(EngineClient engine, TriggerFilter filter, CancellationToken ct)
    {
        var views = await engine.TriggersAsync(filter, ct);
        return views.Count > 0
            ? [.. views.Select(Of)]
            : throw CliException.Usage($"The engine has no trigger '{Shown.Text(filter.Trigger)}'" + (filter.Environment is null ? "." : $" in '{Shown.Text(filter.Environment)}'."), "See 'gitops-triggers status'; for a manifest on this disk give its path.");
    }

    private NextView Of(TriggerView view)
    {
        var schedule = view is { Schedule: { } expression, TimeZone: { } zone } && CronSchedule.TryParse(expression, zone, out var parsed, out _) ? parsed : null;
        var stopped = view.PausedSince is not null
            ? "paused" + (view.PauseReason is { Length: > 0 } reason ? $": {reason}" : "")
            : view.Suspended ? "trigger.yaml says 'suspend: true'" : null;
        return Of(schedule, stopped) with { Trigger = view.Trigger, Environment = view.Environment, InWords = schedule?.Describe() ?? view.ScheduleInWords };
    }

    private NextView Of(CronSchedule? schedule, string? stopped) => schedule is null
        ? new NextView { InWords = "awaiting schedule: it runs on demand only", Times = [] }
        : NextView.Of(schedule, shell.Now, count) with { Stopped = stopped };
}
