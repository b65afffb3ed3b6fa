using System.Collections.Concurrent;
using GitOps.Triggers.Tests.Support;
using GitOps.Triggers.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace GitOps.Triggers.Tests.Cli;

/// <summary>A server that speaks the engine's HTTP API over a real socket, and answers with what a test has put into it.</summary>
internal sealed class TestEngine : IAsyncDisposable
{
    private const string Token = "0123456789abcdef0123456789abcdef";

    private readonly WebApplication app;

    private TestEngine(WebApplication app) => this.app = app;

    public TempFolder Folder { get; } = new();

    public string TokenFile => Folder["token"];

    public Uri Url => new(app.Urls.Single());

    public TimeProvider Clock { get; } = new HastyClock(ApiData.Now);

    public ConcurrentQueue<string> Requests { get; } = [];

    public IReadOnlyList<RepositoryView> Repositories { get; set; } = [];

    /// <summary>Each call takes the next; the last one stays.</summary>
    public Queue<IReadOnlyList<RepositoryView>> RepositoriesThen { get; } = [];

    public IReadOnlyList<TriggerView> Triggers { get; set; } = [];

    public IReadOnlyList<RunView> Runs { get; set; } = [];

    public IReadOnlyList<BuildView> Builds { get; set; } = [];

    public IReadOnlyList<EventView> Events { get; set; } = [];

    public IReadOnlyList<DeliveryView> Deliveries { get; set; } = [];

    public IReadOnlyList<ReleaseView> Releases { get; set; } = [];

    /// <summary>What a run becomes once its log has ended.</summary>
    public RunView? Ended { get; set; }

    public RunRequest? Started { get; private set; }

    public ConnectRequest? Connected { get; private set; }

    public SyncRequest? Synced { get; private set; }

    /// <summary>Where a repository that is disconnected was fetched from.</summary>
    public string DisconnectedUrl { get; set; } = "https://git.example/jobs.git";

    public Problem? Refusal { get; set; }

    public int RefusalStatus { get; set; } = StatusCodes.Status409Conflict;

    /// <summary>Answers in the engine's place; none: the engine does.</summary>
    public Func<HttpContext, Task?> Instead { get; set; } = _ => null;

    /// <summary>Happens after each answer about repositories or triggers.</summary>
    public Action? Answered { get; set; }

    public static async Task<TestEngine> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.ConfigureHttpJsonOptions(options => WebJson.Configure(options.SerializerOptions));
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var engine = new TestEngine(app);
        engine.Folder.Write("token", Token + "\n");
        engine.Map();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return engine;
    }

    /// <summary>Calls the command line at the time that <see cref="ApiData"/> speaks of.</summary>
    public Task<CliRun> RunAsync(params string[] args) => RunAsync(ShowTo.Pipe, args);

    public Task<CliRun> RunAsync(ShowTo reader, params string[] args) => RunAsync(reader, null, args);

    /// <summary>Calls it at a terminal, where somebody types this.</summary>
    public Task<CliRun> AnswerAsync(string typed, params string[] args) => RunAsync(ShowTo.Person, typed, args);

    private Task<CliRun> RunAsync(ShowTo reader, string? typed, string[] args)
    {
        // Before the '--' that a job's own arguments follow.
        var dashes = Array.IndexOf(args, "--");
        var at = dashes < 0 ? args.Length : dashes;
        string[] all = [.. args[..at], "--engine", Url.AbsoluteUri, "--token-file", TokenFile, .. args[at..]];
        return CliRun.RunAsync(Folder.Path, Clock, reader, typed, all);
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        Folder.Dispose();
    }

    private T Answer<T>(T answer)
    {
        Answered?.Invoke();
        return answer;
    }

    private void Map()
    {
        app.Use(async (context, next) =>
        {
            Requests.Enqueue($"{context.Request.Method} {context.Request.Path}{context.Request.QueryString}");
            if (context.Request.Headers.Authorization != $"Bearer {Token}")
                await Results.Json(new Problem("no token", ""), statusCode: 401).ExecuteAsync(context);
            else if (Refusal is { } refusal)
                await Results.Json(refusal, WebJson.Options, statusCode: RefusalStatus).ExecuteAsync(context);
            else if (Instead(context) is { } answered)
                await answered;
            else
                await next();
        });
        var api = app.MapGroup("/api/v1");
        api.MapGet("/repositories", () => Answer(RepositoriesThen.TryDequeue(out var now) ? Repositories = now : Repositories));
        api.MapPost("/repositories", (ConnectRequest request) =>
        {
            Connected = request;
            return new ConnectReply(ApiData.Repository("nightly", request.Url), Url + "api/github/webhooks", TokenFile);
        });
        api.MapDelete("/repositories", (string repository, bool suspend) => new DisconnectReply(repository, DisconnectedUrl, !suspend, Url + "api/github/webhooks"));
        api.MapPost("/sync", (SyncRequest request) =>
        {
            Synced = request;
            return new SyncReply(ApiData.Now, [new SyncedKey("jobs", "dev"), new SyncedKey("jobs", "prod"), new SyncedKey("other", "dev")]);
        });
        api.MapGet("/triggers", () => Answer(Triggers));
        api.MapGet("/releases", () => Releases);
        api.MapGet("/builds", () => Builds);
        api.MapGet("/builds/{id:long}", (long id) => Builds.Single(build => build.Id == id));
        api.MapGet("/builds/{id:long}/log", () => Results.Text("STEP 1\nSTEP 2\n"));
        api.MapGet("/runs", (string? trigger, bool? started, int limit) =>
            Runs.Where(run => (trigger is null || run.Trigger == trigger) && (started is not true || run.StartedAt is not null)).Take(limit));
        api.MapGet("/runs/{id}", (string id) => Runs.FirstOrDefault(run => run.Id == id) is { } run ? Results.Json(run, WebJson.Options) : Results.Json(new Problem($"There is no run {id}.", "See 'gitops-triggers runs'."), WebJson.Options, statusCode: 404));
        api.MapGet("/runs/{id}/log", async (HttpContext context) =>
        {
            await context.Response.WriteAsync("first line\n\u001b[31msecond\u001b[0m line\n");
            Runs = Ended is null ? Runs : [Ended];
        });
        api.MapPost("/runs", (RunRequest request) =>
        {
            Started = request;
            return Runs[0];
        });
        api.MapGet("/events", () => Events);
        api.MapGet("/deliveries", () => Deliveries);
        api.MapPost("/pauses", (PauseRequest request) => Triggers[0] with { PausedSince = DateTimeOffset.UnixEpoch, PauseReason = request.Reason });
        api.MapDelete("/pauses", () => Triggers[0]);
        api.MapGet("/explain", (string at) => new ExplanationView($"It was not due at {at}.", ["The schedule is every 5 minutes."], null));
    }
}
