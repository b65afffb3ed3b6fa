using System.Globalization;
using System.Text;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Tests.EndToEnd;
using GitOps.Triggers.Tests.Support;
using GitOps.Triggers.Tests.Webhooks;
using GitOps.Triggers.Web;
using Xunit;

namespace GitOps.Triggers.Tests.Charts;

/// <summary>
/// Every panel of the dashboards and every alert, before a real Prometheus that reads a real engine whose jobs run. With UPDATE_DOCS=1 the table of
/// docs/observe.md is written anew, with what each panel answered.
/// </summary>
public sealed class ObserveSpecs
{
    private static readonly string Document = Source.File("docs", "observe.md");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_panel_answers_and_the_alert_on_what_fails_is_told()
    {
        await ContainerEngine.SkipUnlessAvailableAsync();
        using var folder = new TempFolder();
        var repository = await PushedAsync(folder);
        await using var engine = new EngineProcess(folder, EngineProcess.DevAndProd);
        await engine.StartAsync();
        await using var prometheus = await PrometheusServer.StartAsync(folder, engine.Port, Ct);
        await engine.ConnectAsync(repository);
        await engine.ReconciledAsync("nightly", "dev", await repository.HeadAsync());
        await engine.PostAsync<RunView>("runs", new RunRequest(null, "dev", "broken", null));
        await repository.PushAsync("prod");
        // A second build and promotion, for what is counted from the second time on: the first one makes the series.
        await ChangedAsync(repository, engine);

        // The job is due each minute: the second run at its time is what a delay can be told from.
        await engine.UntilAsync("two runs began at their time", async () =>
            (await engine.GetAsync<IReadOnlyList<RunView>>("runs?trigger=job&environment=dev")).Count(run => run.Origin == RunOrigin.Schedule && run.State == RunState.Succeeded) >= 2, TimeSpan.FromMinutes(4));
        await PingAsync(folder, engine.Port);

        var answers = new Dictionary<(Panel, string), IReadOnlyList<PrometheusServer.Sample>>();
        foreach (var panel in Dashboards.Panels)
        {
            foreach (var query in panel.Queries)
            {
                await engine.UntilAsync($"{panel} answers {query}", async () =>
                    (answers[(panel, query)] = await prometheus.QueryAsync(Filled(query), Ct)).Any(sample => double.IsFinite(sample.Value)), TimeSpan.FromSeconds(60));
            }
        }
        await engine.UntilAsync("the failing run is told of", async () =>
            (await prometheus.AlertsAsync(Ct)).Any(alert => (string?)alert["labels"]!["alertname"] == "TriggerRunFailing" && (string?)alert["labels"]!["trigger"] == "broken"), TimeSpan.FromSeconds(30));
        Assert.All(await prometheus.RulesAsync(Ct), rule => Assert.Equal("ok", (string?)rule["health"]));
        await WriteAsync(answers);
    }

    [Fact]
    public void The_document_lists_each_panel_with_its_query()
    {
        var text = File.ReadAllText(Document);
        Assert.All(Dashboards.Panels, panel =>
        {
            Assert.Contains($"| {panel.Title} | ", text, StringComparison.Ordinal);
            Assert.All(panel.Queries, query => Assert.Contains(Cell(query), text, StringComparison.Ordinal));
        });
    }

    private static async Task<WorkingCopy> PushedAsync(TempFolder folder)
    {
        var repository = await WorkingCopy.CreateAsync(folder, "nightly");
        JobSource.Write(repository, schedule: "* * * * *");
        repository.Write("trigger.yaml", """
            apiVersion: triggers.gitops/v1
            kind: ScheduledTrigger
            name: job
            environments:
              dev: { schedule: "* * * * *", expect: { successWithin: 26h, maxDuration: 10m } }
              prod: { schedule: "* * * * *", expect: { successWithin: 26h, maxDuration: 10m } }
            """);
        repository.Write("broken/Dockerfile", $"FROM {JobSource.Base}\nUSER 65532:65532\nENTRYPOINT [\"/bin/sh\", \"-c\", \"exit 3\"]\n");
        repository.Write("broken/trigger.yaml", """
            apiVersion: triggers.gitops/v1
            kind: ScheduledTrigger
            name: broken
            environments:
              dev: { schedule: "0 5 1 1 *" }
            """);
        await repository.CommitAsync("first");
        await repository.PushAsync("main");
        return repository;
    }

    private static async Task ChangedAsync(WorkingCopy repository, EngineProcess engine)
    {
        await engine.SyncAsync("nightly");
        Assert.Equal(PassOutcome.Applied, (await engine.ReconciledAsync("nightly", "prod", await repository.HeadAsync())).Outcome);
        await Task.Delay(TimeSpan.FromSeconds(3), Ct);
        repository.Write("job.sh", "echo another\n");
        var second = await repository.CommitAsync("second");
        await repository.PushAsync("main");
        await engine.SyncAsync("nightly");
        await engine.ReconciledAsync("nightly", "dev", second);
        await repository.PushAsync("prod");
        await engine.SyncAsync("nightly");
        Assert.Equal(PassOutcome.Applied, (await engine.ReconciledAsync("nightly", "prod", second)).Outcome);
        await engine.PostAsync<RunView>("runs", new RunRequest(null, "prod", "job", null));
    }

    /// <summary>As a git host does when its webhook is made.</summary>
    private static async Task PingAsync(TempFolder folder, int port)
    {
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        using var request = (SignedDelivery.Of("{\"zen\":\"\"}") with { Event = "ping", Secret = await File.ReadAllTextAsync(folder["secrets/webhook"], Ct) }).Request();
        using var answer = await http.SendAsync(request, Ct);
        Assert.True(answer.IsSuccessStatusCode, answer.ToString());
    }

    /// <summary>As Grafana fills it in.</summary>
    private static string Filled(string query) => query
        .Replace("$__rate_interval", "4m", StringComparison.Ordinal).Replace("$__range", "1h", StringComparison.Ordinal)
        .Replace("$repository", "nightly", StringComparison.Ordinal).Replace("$environment", ".*", StringComparison.Ordinal).Replace("$trigger", "job", StringComparison.Ordinal);

    private static async Task WriteAsync(Dictionary<(Panel Panel, string Query), IReadOnlyList<PrometheusServer.Sample>> answers)
    {
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") != "1")
            return;
        const string Begin = "<!-- panels -->\n", End = "<!-- /panels -->\n";
        var text = await File.ReadAllTextAsync(Document, Ct);
        var written = new StringBuilder();
        foreach (var (name, json) in Dashboards.All)
        {
            written.Append("\n### ").Append((string)json["title"]!).Append("\n\n").Append((string)json["description"]!).Append("\n\n| panel | query | answer | |\n|---|---|---|---|\n");
            foreach (var (panel, query) in answers.Keys.Where(key => key.Panel.Dashboard == name))
                written.Append("| ").Append(panel.Title).Append(" | ").Append(Cell(query)).Append(" | ").Append(InWords(answers[(panel, query)])).Append(" | ").Append((string)panel.Json["description"]!).Append(" |\n");
        }
        var (from, to) = (text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, text.IndexOf(End, StringComparison.Ordinal));
        await File.WriteAllTextAsync(Document, text[..from] + written.Append('\n') + text[to..], Ct);
    }

    private static string Cell(string query) => $"`{query.Replace("|", "\\|", StringComparison.Ordinal)}`";

    private static string InWords(IReadOnlyList<PrometheusServer.Sample> samples)
    {
        const int Told = 3;
        var finite = samples.Where(sample => double.IsFinite(sample.Value)).ToList();
        var told = string.Join("; ", finite.Take(Told).Select(sample => string.Create(CultureInfo.InvariantCulture, $"{sample.Labels}{(sample.Labels.Length > 0 ? ": " : "")}{sample.Value:0.###}")));
        return finite.Count > Told ? $"{told}; {finite.Count - Told} more" : told;
    }
}
