using System.CommandLine;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Web;

namespace GitOps.Triggers.Cli.Commands;

internal static class LogsCommand
{
    public static Command Create(CommandScope scope)
    {
        var what = new Argument<string?>("trigger-or-run") { Description = "A trigger, for its last run, or a run from 'runs'", Arity = ArgumentArity.ZeroOrOne };
        var follow = new Option<bool>("--follow", "-f") { Description = "Go on until it ends" };
        var build = new Option<string?>("--build") { HelpName = "ID|latest", Description = "The log of a build from 'builds' in place of a run's" };
        var command = scope.OnlineForTriggers(new Command("logs", "The output of a run, or of a build") { what, follow, build });
        command.Validators.Add(result =>
        {
            if (result.GetValue(build) is null && result.GetValue(what) is null)
                result.AddError("Name a trigger or a run, or a build with --build.");
        });
        command.SetAction(async (parse, ct) =>
        {
            using var engine = scope.Connect(parse);
            var filter = scope.Filter(parse, parse.GetValue(what));
            if (parse.GetValue(build) is { } wanted)
                return await BuildAsync(scope, engine, await FindBuildAsync(engine, filter, wanted, ct), parse.GetValue(follow), ct);
            return await RunAsync(scope, engine, await FindRunAsync(engine, filter, ct), parse.GetValue(follow), ct);
        });
        return command;
    }

    private static async Task<int> RunAsync(CommandScope scope, EngineClient engine, RunView run, bool follow, CancellationToken ct)
    {
        if (follow)
        {
            var follower = new RunFollower(engine, scope.Shell);
            follower.NoteEnd(await follower.FollowAsync(run.Id, ct));
            return ExitCode.Fine;
        }
        scope.Terminal.Note($"{run.Id} in {run.Environment}: {RunTable.Last(run, scope.Shell.Now)}");
        await LogWriter.WriteAsync(engine.RunLogAsync(run.Id, follow: false, ct), scope.Terminal);
        return ExitCode.Fine;
    }

    private static async Task<int> BuildAsync(CommandScope scope, EngineClient engine, BuildView build, bool follow, CancellationToken ct)
    {
        scope.Terminal.Note(FormattableString.Invariant($"build {build.Id} of {build.Trigger} at {Words.Commit(build.Commit)}{(build.Builder.Length > 0 ? ", " + build.Builder : "")}: {Words.Of(build.State)}"));
        await LogWriter.WriteAsync(engine.BuildLogAsync(build.Id, follow, ct), scope.Terminal);
        return ExitCode.Fine;
    }

    /// <summary>A name that is a trigger's means its last run; anything else is a run's id.</summary>
    private static async Task<RunView> FindRunAsync(EngineClient engine, TriggerFilter filter, CancellationToken ct)
    {
        if (await engine.LastRunAsync(filter, ct) is { } last)
            return last;
        return await engine.TriggersAsync(filter, ct) is [var trigger, ..]
            ? throw CliException.Usage($"{trigger.Trigger} has not run in {trigger.Environment} yet.", $"Run it now: gitops-triggers run {trigger.Trigger} -e {trigger.Environment} --follow")
            : await engine.RunAsync(filter.Trigger!, ct);
    }

    private static async Task<BuildView> FindBuildAsync(EngineClient engine, TriggerFilter filter, string wanted, CancellationToken ct)
    {
        if (wanted != "latest")
            return long.TryParse(wanted, out var id)
                ? await engine.BuildAsync(id, ct)
                : throw CliException.Usage($"'{Shown.Text(wanted)}' is not a build.", "Give its number from 'gitops-triggers builds', or 'latest'.");
        return await engine.BuildsAsync(filter with { Environment = null }, limit: 1, ct) is [var newest]
            ? newest
            : throw CliException.Usage("Nothing of this was built yet.", "See 'gitops-triggers builds'.");
    }
}
