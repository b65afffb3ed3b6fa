using System.Globalization;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Runs;
using GitOps.Triggers.Storage;

namespace GitOps.Triggers.Web;

internal static class TriggersApi
{
    private const int MostDeployments = 1000;
    private const int RunsEachSide = 50;

    public static void MapTriggers(this IEndpointRouteBuilder api)
    {
        api.MapGet("triggers", ListAsync);
        api.MapGet("explain", ExplainAsync);
    }

    /// <param name="repository">Only of this one.</param>
    /// <param name="environment">Only in this one.</param>
    /// <param name="trigger">Only of this name.</param>
    /// <param name="rendered">Each release with what was applied: much text, so only when it is asked for.</param>
    /// <param name="finder">Knows the fleet.</param>
    /// <param name="deployments">Knows what was applied.</param>
    /// <param name="time">Tells what is next.</param>
    /// <param name="ct">The caller went away.</param>
    private static async Task<IReadOnlyList<TriggerView>> ListAsync(string? repository, string? environment, string? trigger, bool? rendered, TriggerFinder finder, DeploymentStore deployments, TimeProvider time, CancellationToken ct)
    {
        var views = new List<TriggerView>();
        foreach (var row in await finder.FilterAsync(repository, environment, trigger, ct))
        {
            var applied = rendered is true && row.Deployment is { } deployment ? await deployments.RenderedAsync(deployment, ct) : null;
            var view = Views.Of(row, time.GetUtcNow());
            views.Add(applied is null ? view : view with { Release = view.Release! with { Rendered = applied } });
        }
        return views;
    }

    private static async Task<ExplanationView> ExplainAsync(string? repository, string? environment, string trigger, string? at, TriggerFinder finder, DeploymentStore deployments, RunStore runs, TimeProvider time, CancellationToken ct)
    {
        var row = await finder.OneAsync(repository, environment, trigger, ct);
        var now = time.GetUtcNow();
        var asked = Time(at, now);
        var explanation = Explanation.Of(new ExplanationInput
        {
            Trigger = row.Key.Trigger,
            Environment = row.Key.Environment,
            At = asked,
            Now = now,
            Deployments = await deployments.HistoryAsync(row.Key, MostDeployments, ct),
            Runs = await runs.AroundAsync(row.Key, asked, RunsEachSide, ct),
            Pause = row.Pause,
        });
        return new ExplanationView(explanation.Verdict, explanation.Sentences, explanation.Run is { } run ? Views.Of(run, row.RepositoryName) : null);
    }

    private static DateTimeOffset Time(string? text, DateTimeOffset otherwise) => text is null
        ? otherwise
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw ProblemException.BadRequest($"'{Shown.Text(text)}' is not a time.", "Write it as 2026-01-31T09:00:00Z.");
}
