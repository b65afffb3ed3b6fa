using GitOps.Triggers.Domain;
using GitOps.Triggers.Storage;
using GitOps.Triggers.Tests.Support;
using Xunit;

namespace GitOps.Triggers.Tests.Storage;

public class FleetQuerySpecs
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly RepositoryUrl Url = RepositoryUrl.Parse("file:///srv/nightly.git");
    private static readonly TriggerKey Key = new(RepositoryId.FromUrl(Url), EnvironmentName.Parse("dev"), TriggerName.Parse("job"));

    [Fact]
    public async Task A_trigger_is_shown_with_its_newest_run_its_last_success_and_what_goes_on()
    {
        using var folder = new TempFolder();
        var database = new Database(folder.Path);
        await database.OpenAsync(CancellationToken.None);
        await using (var context = database.CreateDbContext())
        {
            context.Add(new ConnectedRepository { Id = Key.Repository, Name = "nightly", Url = Url, Configured = false, ConnectedAt = Noon });
            context.Add(new TriggerStatus { Key = Key, Commit = CommitSha.Parse(new string('a', 40)), State = TriggerState.Deployed, Message = "", At = Noon });
            context.AddRange(
                Run("job-1", RunState.Succeeded, Noon.AddMinutes(1)),
                Run("job-2", RunState.Failed, Noon.AddMinutes(2)),
                Run("job-3", RunState.Running, Noon.AddMinutes(3)),
                Run("job-4", RunState.Missed, null),
                Run("other-1", RunState.Succeeded, Noon.AddMinutes(9)) with { Key = Key with { Trigger = TriggerName.Parse("other") } });
            await context.SaveChangesAsync();
        }

        var row = Assert.Single(await new FleetQuery(database).ReadAsync(CancellationToken.None));

        Assert.Equal(("nightly", "job-3", 1), (row.RepositoryName, row.LastRun!.Id.Value, row.ActiveRuns));
        Assert.Equal(Noon.AddMinutes(1).AddSeconds(5), row.LastSuccess);
    }

    private static RunRecord Run(string id, RunState state, DateTimeOffset? started) => new()
    {
        Id = RunId.Parse(id),
        Key = Key,
        Origin = RunOrigin.Schedule,
        ScheduledFor = Noon,
        State = state,
        Commit = CommitSha.Parse(new string('a', 40)),
        Image = ImageReference.Parse("sha256:" + new string('b', 64)),
        StartedAt = started,
        FinishedAt = state is RunState.Running ? null : started?.AddSeconds(5),
    };
}
