using System.Text;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Tests.Support;
using GitOps.Triggers.Tests.Webhooks;
using GitOps.Triggers.Web;
using Xunit;

namespace GitOps.Triggers.Tests.EndToEnd;

/// <summary>One engine is given secrets of every kind, does its job and fails at some of it; then all that it says and keeps is searched for them.</summary>
public class CanarySpecs
{
    private const string Webhook = "canary/webhook+0d1f=7c", Git = "canary/git+9b2e=41", WrongGit = "canary/wrong+5a77=e0", Run = "canary/run+33c8=fd", Variable = "canary/variable+8e15=aa", Address = "canary-address-61f0";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    [Threat(25)]
    public async Task No_secret_is_in_anything_that_an_engine_says_or_keeps()
    {
        await ContainerEngine.SkipUnlessAvailableAsync();
        using var folder = new TempFolder();
        var repository = await PushedAsync(folder);
        await using var host = await GitHttpServer.StartAsync(folder.Path);
        host.Demand(Git);
        await using var engine = new EngineProcess(folder, EngineProcess.DevAndProd);
        folder.Write("secrets/webhook", Webhook + "\n");
        await engine.StartAsync(("CANARY", Variable));
        await ConnectAsync(engine, folder, host.Url("nightly.git").Value, "nightly", Git);
        await ConnectAsync(engine, folder, host.Url("other.git").Value, "other", WrongGit);
        folder.Write("data/environments/dev/nightly/secrets/app/token", Run);

        await engine.ReconciledAsync("nightly", "dev", await repository.HeadAsync());
        var run = await engine.PostAsync<RunView>("runs", new RunRequest(null, "dev", "job", null));
        await engine.UntilAsync("it has run", async () => (await engine.GetAsync<RunView>($"runs/{run.Id}")).State == RunState.Failed);
        await engine.UntilAsync("the other one is refused", async () => (await engine.GetAsync<IReadOnlyList<RepositoryView>>("repositories")).Single(view => view.Name == "other").Passes.Any(pass => pass.Outcome is not null));
        await DeliverAsync(engine, Webhook);
        await DeliverAsync(engine, "another secret altogether");
        var (_, refusal) = await engine.RefusedAsync(HttpMethod.Post, "repositories", new ConnectRequest($"https://user:{Address}@git.invalid/x.git", null, null, null));

        var said = await SaidAsync(engine, run.Id);
        said.Add("refusal", refusal);
        // What is searched holds what is looked for, but for the secrets: the job did print its own, three times.
        Assert.Equal(3, said["run log"].Split("***").Length - 1);
        var token = (await File.ReadAllTextAsync(ApiToken.FileIn(engine.DataFolder), Ct)).Trim();
        Assert.Equal(0, await engine.StopAsync());
        foreach (var file in Directory.EnumerateFiles(engine.DataFolder, "*", SearchOption.AllDirectories).Where(file => !IsASecretsOwn(file)))
            said.Add(file, Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file, Ct)));
        Assert.Contains("engine.db", string.Join(' ', said.Keys), StringComparison.Ordinal);
        foreach (var secret in (string[])[Webhook, Git, WrongGit, Run, Variable, Address, token])
            Assert.All(said, one => Assert.All(Forms(secret), form => Assert.False(one.Value.Contains(form, StringComparison.Ordinal), $"{one.Key} holds {form}, of {secret}")));
    }

    private static async Task<WorkingCopy> PushedAsync(TempFolder folder)
    {
        await (await WorkingCopy.CreateAsync(folder, "other")).CommitAsync("first");
        var repository = await WorkingCopy.CreateAsync(folder, "nightly");
        // As it is, in base64 and URL-encoded; the build shows its environment.
        JobSource.Write(repository, $"echo \"$TOKEN\"; printf %s \"$TOKEN\" | base64; echo 'x={Uri.EscapeDataString(Run)}'; exit 1");
        repository.Write("Dockerfile", $"FROM {JobSource.Base}\nRUN env; mount\nCOPY job.sh /job.sh\nUSER 65532:65532\nENTRYPOINT [\"/bin/sh\", \"/job.sh\"]\n");
        repository.Write("trigger.yaml", """
            apiVersion: triggers.gitops/v1
            kind: ScheduledTrigger
            name: job
            environments:
              dev: { schedule: "0 5 1 1 *", run: { env: { TOKEN: { secret: app, key: token } } } }
            """);
        await repository.CommitAsync("first");
        await repository.PushAsync("main");
        return repository;
    }

    private static async Task ConnectAsync(EngineProcess engine, TempFolder folder, string url, string name, string token) =>
        await engine.PostAsync<ConnectReply>("repositories", new ConnectRequest(url, name, folder.Write($"secrets/{name}", token + "\n"), null));

    private static async Task DeliverAsync(EngineProcess engine, string secret)
    {
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{engine.Port}") };
        using var request = (SignedDelivery.Push() with { Secret = secret }).Request();
        using var answer = await http.SendAsync(request, Ct);
        Assert.NotEqual(System.Net.HttpStatusCode.InternalServerError, answer.StatusCode);
    }

    /// <returns>Everything that can be asked for, and the log.</returns>
    private static async Task<Dictionary<string, string>> SaidAsync(EngineProcess engine, string run)
    {
        var said = new Dictionary<string, string>
        {
            ["log"] = engine.Log,
            ["metrics"] = await engine.TextAsync("metrics"),
            ["run log"] = await engine.TextAsync($"api/v1/runs/{run}/log"),
            ["build log"] = await engine.TextAsync("api/v1/builds/1/log"),
        };
        foreach (var path in (string[])["engine", "repositories", "triggers", "triggers?rendered=true", "releases", "builds", "runs", "events", "deliveries", "explain?trigger=job"])
            said.Add(path, await engine.TextAsync("api/v1/" + path));
        return said;
    }

    /// <summary>Where an operator, or the engine itself, put one.</summary>
    private static bool IsASecretsOwn(string file) => Path.GetFileName(file) == "token";

    /// <summary>As it is, URL-encoded, and in base64 wherever it begins in what is encoded.</summary>
    private static IEnumerable<string> Forms(string secret)
    {
        yield return secret;
        yield return Uri.EscapeDataString(secret);
        for (var before = 0; before < 3; before++)
            yield return Convert.ToBase64String(Encoding.UTF8.GetBytes(new string(' ', before) + secret))[(before == 0 ? 0 : 4)..^4];
    }
}
