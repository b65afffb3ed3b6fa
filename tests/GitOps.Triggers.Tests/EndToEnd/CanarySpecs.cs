using System.Text;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Tests.Cli;
using GitOps.Triggers.Tests.Containers;
using GitOps.Triggers.Tests.Registries;
using GitOps.Triggers.Tests.Support;
using GitOps.Triggers.Tests.Support.ApiServer;
using GitOps.Triggers.Tests.Webhooks;
using GitOps.Triggers.Web;
using k8s.Models;
using Xunit;

namespace GitOps.Triggers.Tests.EndToEnd;

/// <summary>One engine is given secrets of every kind, does its job and fails at some of it; then all that it says and keeps is searched for them.</summary>
public class CanarySpecs(LockedRegistry registry) : IClassFixture<LockedRegistry>
{
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private static readonly string[] Commands =
        ["status", "status -o json", "runs", "builds", "releases", "events", "deliveries", "explain job -e dev", "logs job -e dev", "doctor", "doctor -o json", "connect ssh://git@127.0.0.1:1/again.git", "sync nothing"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    [Threat(25)]
    public async Task No_secret_is_in_anything_that_an_engine_says_or_keeps()
    {
        await ContainerEngine.SkipUnlessAvailableAsync();
        TestRegistry.SkipUnlessInstalled();
        using var folder = new TempFolder();
        var repository = await PushedAsync(folder);
        await using var host = await GitHttpServer.StartAsync(folder.Path);
        host.Demand(Canaries.Git);
        await using var cluster = await ApiServer.StartAsync();
        cluster.Token = Canaries.Cluster;
        using var commandLines = new SeenCommandLines();
        await using var engine = Configured(folder, cluster.KubeconfigFile());
        await engine.StartAsync(("CANARY", Canaries.Variable), ("REGISTRY_AUTH_FILE", folder["secrets/login.json"]));
        await ConnectAsync(engine, folder, host.Url("nightly.git").Value, "nightly", Canaries.Git);
        await ConnectAsync(engine, folder, host.Url("other.git").Value, "other", Canaries.WrongGit);
        await engine.PostAsync<ConnectReply>("repositories", new ConnectRequest("ssh://git@127.0.0.1:1/third.git", "third", null, KeyFile(folder)));
        folder.Write("data/environments/dev/nightly/secrets/app/token", Canaries.Run);
        folder.Write("data/environments/dev/nightly/secrets/app/file", Canaries.RunFile);

        await engine.ReconciledAsync("nightly", "dev", await repository.HeadAsync());
        await engine.ReconciledAsync("nightly", "far", await repository.HeadAsync());
        var run = await engine.PostAsync<RunView>("runs", new RunRequest(null, "dev", "job", null));
        await engine.UntilAsync("it has run", async () => (await engine.GetAsync<RunView>($"runs/{run.Id}")).State == RunState.Failed);
        foreach (var refused in (string[])["other", "third"])
            await engine.UntilAsync($"{refused} is refused", async () => (await engine.GetAsync<IReadOnlyList<RepositoryView>>("repositories")).Single(view => view.Name == refused).Passes.Any(pass => pass.Outcome is not null));
        foreach (var secret in (string[])[Canaries.Webhook, Canaries.NextWebhook, "another secret altogether"])
            await DeliverAsync(engine, secret);
        var (_, refusal) = await engine.RefusedAsync(HttpMethod.Post, "repositories", new ConnectRequest($"https://user:{Canaries.Address}@git.invalid/x.git", null, null, null));

        var said = await SaidAsync(engine, run.Id);
        said.Add("refusal", refusal);
        foreach (var command in Commands)
            said.Add("typed: " + command, await TypedAsync(engine, command));
        // What is searched holds what is looked for, but for the secrets: the job did print its own, four times; and each of the others did its work.
        Assert.Equal(4, said["run log"].Split("***").Length - 1);
        Assert.NotEmpty(cluster.Objects<V1CronJob>());
        Assert.Contains(registry.Host, said["builds"], StringComparison.Ordinal);
        var token = (await File.ReadAllTextAsync(ApiToken.FileIn(engine.DataFolder), Ct)).Trim();
        Assert.Equal(0, await engine.StopAsync());
        foreach (var file in Directory.EnumerateFiles(engine.DataFolder, "*", SearchOption.AllDirectories).Where(file => !IsASecretsOwn(file)))
            said.Add(file, Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file, Ct)));
        Assert.Contains("engine.db", string.Join(' ', said.Keys), StringComparison.Ordinal);
        said.Add("command lines", string.Join('\n', commandLines.Stop()));
        Assert.Contains("--env-file", said["command lines"], StringComparison.Ordinal);
        foreach (var secret in (string[])[.. Canaries.All, token])
            Assert.All(said, one => Assert.All(Canaries.Forms(secret), form => Assert.False(one.Value.Contains(form, StringComparison.Ordinal), $"{one.Key} holds {form}, of {secret}")));
        Assert.Empty(OpenToOthers(engine.DataFolder));
    }

    private EngineProcess Configured(TempFolder folder, string kubeconfig)
    {
        var engine = new EngineProcess(folder, EngineProcess.DevAndProd + $$"""

              - name: far
                branch: far
                target: { kind: kubernetes, kubeconfig: {{kubeconfig}}, namespace: "trg-{repository}", createNamespaces: true }
            """);
        folder.Write("secrets/webhook", Canaries.Webhook + "\n");
        folder.Write("secrets/next", Canaries.NextWebhook + "\n");
        folder.Write("secrets/login.json", $$"""{ "auths": { "{{registry.Host}}": { "auth": "{{Convert.ToBase64String(Encoding.UTF8.GetBytes("canary:" + Canaries.Registry))}}" } } }""");
        File.WriteAllText(engine.Configuration, File.ReadAllText(engine.Configuration)
            .Replace("./secrets/webhook ]", "./secrets/webhook, ./secrets/next ]", StringComparison.Ordinal)
            + $$"""

            registry: { prefix: "{{registry.Host}}/triggers", plainHttp: true, credentialsFile: ./secrets/login.json }

            """);
        return engine;
    }

    private static async Task<WorkingCopy> PushedAsync(TempFolder folder)
    {
        await (await WorkingCopy.CreateAsync(folder, "other")).CommitAsync("first");
        var repository = await WorkingCopy.CreateAsync(folder, "nightly");
        // As it is, in base64 and URL-encoded; the build shows its environment.
        JobSource.Write(repository, $"echo \"$TOKEN\"; printf %s \"$TOKEN\" | base64; echo 'x={Uri.EscapeDataString(Canaries.Run)}'; cat /etc/app; exit 1");
        repository.Write("Dockerfile", $"FROM {JobSource.Base}\nRUN env; mount\nCOPY job.sh /job.sh\nUSER 65532:65532\nENTRYPOINT [\"/bin/sh\", \"/job.sh\"]\n");
        repository.Write("trigger.yaml", """
            apiVersion: triggers.gitops/v1
            kind: ScheduledTrigger
            name: job
            environments:
              dev: { schedule: "0 5 1 1 *", run: { env: { TOKEN: { secret: app, key: token } }, files: { /etc/app: { secret: app, key: file } } } }
              far: { schedule: "0 5 1 1 *" }
            """);
        await repository.CommitAsync("first");
        await repository.PushAsync("main");
        await repository.PushAsync("far");
        return repository;
    }

    private static async Task ConnectAsync(EngineProcess engine, TempFolder folder, string url, string name, string token) =>
        await engine.PostAsync<ConnectReply>("repositories", new ConnectRequest(url, name, folder.Write($"secrets/{name}", token + "\n"), null));

    private static string KeyFile(TempFolder folder)
    {
        var file = folder.Write("secrets/key", $"-----BEGIN OPENSSH PRIVATE KEY-----\n{Canaries.Key}\n-----END OPENSSH PRIVATE KEY-----\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return file;
    }

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
            ["readyz"] = await engine.TextAsync("readyz"),
            ["run log"] = await engine.TextAsync($"api/v1/runs/{run}/log"),
            ["build log"] = await engine.TextAsync("api/v1/builds/1/log"),
        };
        foreach (var path in (string[])["engine", "repositories", "triggers", "triggers?rendered=true", "releases", "builds", "runs", "events", "deliveries", "explain?trigger=job&environment=dev"])
            said.Add(path, await engine.TextAsync("api/v1/" + path));
        return said;
    }

    /// <returns>What a command says, whether it goes well or not.</returns>
    private static async Task<string> TypedAsync(EngineProcess engine, string command)
    {
        var run = await CliRun.RunAsync(Path.GetDirectoryName(engine.Configuration)!, command.Split(' '));
        return run.Output + run.Notes;
    }

    /// <summary>Where an operator, or the engine itself, put one.</summary>
    private static bool IsASecretsOwn(string file) => Path.GetFileName(file) == "token" || file.Contains("/secrets/app/", StringComparison.Ordinal);

    /// <summary>Files below the data folder that another user could read, if only the data folder itself did not keep them out. What the operator put there is the operator's.</summary>
    private static IEnumerable<string> OpenToOthers(string data) => Directory.EnumerateFiles(data, "*", SearchOption.AllDirectories)
        .Where(file => !file.StartsWith(Path.Combine(data, "environments"), StringComparison.Ordinal) && (File.GetUnixFileMode(file) & Others) != 0)
        .Where(file => !Parents(file, data).Any(folder => (File.GetUnixFileMode(folder) & Others) == 0));

    private static IEnumerable<string> Parents(string file, string data)
    {
        for (var folder = Path.GetDirectoryName(file)!; folder != data; folder = Path.GetDirectoryName(folder)!)
            yield return folder;
    }
}
