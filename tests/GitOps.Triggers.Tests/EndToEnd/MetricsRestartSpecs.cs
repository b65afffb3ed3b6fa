using GitOps.Triggers.Domain;
using GitOps.Triggers.Tests.Support;
using GitOps.Triggers.Web;
using Xunit;

namespace GitOps.Triggers.Tests.EndToEnd;

/// <summary>What Prometheus reads of an engine that was killed and started again.</summary>
public class MetricsRestartSpecs
{
    [Fact]
    public async Task Right_after_a_restart_gauges_are_right_and_each_run_is_counted_once()
    {
        await ContainerEngine.SkipUnlessAvailableAsync();
        using var folder = new TempFolder();
        var repository = await WorkingCopy.CreateAsync(folder, "nightly");
        JobSource.Write(repository, "sleep 6");
        var commit = await repository.CommitAsync("first");
        await repository.PushAsync("main");
        await using var engine = new EngineProcess(folder, EngineProcess.DevOnly);
        await engine.StartAsync();
        await engine.ConnectAsync(repository);
        await engine.ReconciledAsync("nightly", "dev", commit);
        var run = await engine.PostAsync<RunView>("runs", new RunRequest(null, "dev", "job", null));
        await engine.UntilAsync("it runs", async () => (await engine.GetAsync<RunView>($"runs/{run.Id}")).State == RunState.Running);

        // It ends while no engine is there.
        await engine.KillAsync();
        await Task.Delay(TimeSpan.FromSeconds(8), TestContext.Current.CancellationToken);
        await engine.StartAsync();
        await engine.UntilAsync("its end is counted", async () => await ValueAsync(engine, "runs_total", ",outcome=\"succeeded\"") > 0);
        var success = await ValueAsync(engine, "last_success_timestamp_seconds");
        Assert.NotNull(success);
        Assert.Equal(1, await ValueAsync(engine, "runs_total", ",outcome=\"succeeded\""));

        await engine.KillAsync();
        await engine.StartAsync();

        Assert.Equal(success, await ValueAsync(engine, "last_success_timestamp_seconds"));
        Assert.Equal(0, await ValueAsync(engine, "last_run_failed"));
        Assert.NotNull(await ValueAsync(engine, "next_run_timestamp_seconds"));
        await engine.SyncAsync("nightly");
        await engine.UntilAsync("it has looked again", async () => (await engine.TextAsync("metrics")).Contains("gitops_triggers_reconciliations_total{repository=\"nightly\",environment=\"dev\",outcome=\"unchanged\"}", StringComparison.Ordinal));
        Assert.Equal(0, await ValueAsync(engine, "runs_total", ",outcome=\"succeeded\""));
    }

    private static async Task<double?> ValueAsync(EngineProcess engine, string metric, string labels = "")
    {
        var series = $"gitops_triggers_{metric}{{repository=\"nightly\",environment=\"dev\",trigger=\"job\"{labels}}} ";
        var line = (await engine.TextAsync("metrics")).Split('\n').SingleOrDefault(one => one.StartsWith(series, StringComparison.Ordinal));
        return line is null ? null : double.Parse(line[series.Length..], System.Globalization.CultureInfo.InvariantCulture);
    }
}
