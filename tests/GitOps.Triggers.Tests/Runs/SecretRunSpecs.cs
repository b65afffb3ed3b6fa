using GitOps.Triggers.Domain;
using GitOps.Triggers.Tests.Containers;
using GitOps.Triggers.Tests.Support;
using Xunit;

namespace GitOps.Triggers.Tests.Runs;

/// <summary>What a run is given, and that nobody else sees it. Real containers.</summary>
public sealed class SecretRunSpecs : IAsyncLifetime
{
    private const string Canary = "canary-7f3a9c51d2";
    private readonly TempFolder data = new();
    private LocalEngine engine = null!;
    private ImageReference image = null!;

    private string Secrets => $"environments/dev/{Jobs.Repository.Id}/secrets";

    public async ValueTask InitializeAsync()
    {
        var locator = await TestEngine.RequireWithBaseAsync();
        image = await JobImage.OrdinaryAsync(locator);
        engine = await LocalEngine.StartAsync(data.Path, locator);
    }

    public async ValueTask DisposeAsync()
    {
        if (engine is not null)
            await engine.RemoveAllAsync();
        data.Dispose();
    }

    [Fact]
    public async Task Secrets_arrive_as_variables_of_one_line_and_of_several()
    {
        data.Write($"{Secrets}/app/token", "one line\n");
        data.Write($"{Secrets}/app/key", "-----BEGIN-----\nabc=\n-----END-----\n");
        var run = await RunAsync(Jobs.Shell("[ \"$TOKEN\" = 'one line' ] && [ \"$(printf '%s' \"$KEY\" | tr '\\n' ,)\" = '-----BEGIN-----,abc=,-----END-----' ]") with
        {
            Env = new Dictionary<string, EnvironmentValue> { ["TOKEN"] = Secret("token"), ["KEY"] = Secret("key") },
        });

        Assert.Equal(RunState.Succeeded, run.State);
    }

    [Fact]
    public async Task A_mounted_file_can_be_read_by_the_images_user_and_not_written()
    {
        data.Write($"{Secrets}/app/app.yaml", "mounted: true\n");
        var run = await RunAsync(Jobs.Shell("cat /etc/app/app.yaml; echo x >/etc/app/app.yaml || echo read-only") with
        {
            Files = new Dictionary<string, KeySource> { ["/etc/app/app.yaml"] = new(KeySourceKind.Secret, "app", "app.yaml") },
        });

        Assert.Equal((RunState.Succeeded, 0), (run.State, run.ExitCode));
        Assert.Contains("read-only", await engine.LogAsync(run), StringComparison.Ordinal);
        Assert.DoesNotContain("mounted: true", await engine.LogAsync(run), StringComparison.Ordinal);
        await Eventually.HoldsAsync("what the run was given is removed", () => !Directory.EnumerateFileSystemEntries(data["runs"]).Any());
    }

    [Fact]
    public async Task A_missing_secret_is_named_and_each_attempt_looks_again()
    {
        var run = await RunAsync(Jobs.Shell("true") with { Env = new Dictionary<string, EnvironmentValue> { ["TOKEN"] = Secret("token") } });

        Assert.Equal((RunState.Failed, "CreateContainerConfigError"), (run.State, run.Reason));
        Assert.Contains(data[$"{Secrets}/app/token"], run.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Threat(25)]
    public async Task A_secret_is_in_no_log_no_record_and_no_command_line()
    {
        data.Write($"{Secrets}/app/token", Canary);
        data.Write($"{Secrets}/app/lines", $"first\n{Canary}-second");
        await engine.Target.ApplyAsync(Jobs.Key("job"), Jobs.Render("job", image, Jobs.Shell("echo \"=$TOKEN=\"; echo \"$LINES_OF\"; cat /f; until [ -e /tmp/go ]; do sleep 0.1; done; exit 1") with
        {
            Env = new Dictionary<string, EnvironmentValue> { ["TOKEN"] = Secret("token"), ["LINES_OF"] = Secret("lines") },
            Files = new Dictionary<string, KeySource> { ["/f"] = new(KeySourceKind.Secret, "app", "token") },
        }), TestEngine.Cancelled);
        var run = await engine.RunNowAsync(Jobs.Key("job"));
        await engine.WaitAsync(run.Id, record => record.State == RunState.Running);

        var commandLines = Directory.EnumerateDirectories("/proc").Select(folder => Path.Combine(folder, "cmdline")).Where(File.Exists).Select(Read);
        Assert.DoesNotContain(commandLines, line => line.Contains(Canary, StringComparison.Ordinal));
        var podman = await engine.Containers.EngineAsync(TestEngine.Cancelled);
        await podman.Command.RunAsync(["exec", engine.Containers.NameOf(run.Id.Value, 1), "/bin/sh", "-c", ": >/tmp/go"], TestEngine.Cancelled);
        var ended = await engine.WaitAsync(run.Id, record => record.IsFinished);

        Assert.Contains("***", await engine.LogAsync(ended), StringComparison.Ordinal);
        await engine.Clock.StopAsync(TestEngine.Cancelled);
        var kept = Directory.EnumerateFiles(data.Path, "*", SearchOption.AllDirectories).Where(file => !file.StartsWith(data["environments"], StringComparison.Ordinal));
        Assert.DoesNotContain(kept, file => Read(file).Contains(Canary, StringComparison.Ordinal));
    }

    private static EnvironmentValue Secret(string key) => new EnvironmentValue.From(new KeySource(KeySourceKind.Secret, "app", key));

    private static string Read(string file)
    {
        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
            return reader.ReadToEnd();
        }
        catch (IOException)
        {
            return "";
        }
    }

    private async Task<RunRecord> RunAsync(RunSpec spec)
    {
        await engine.Target.ApplyAsync(Jobs.Key("job"), Jobs.Render("job", image, spec), TestEngine.Cancelled);
        var run = await engine.RunNowAsync(Jobs.Key("job"));
        return await engine.WaitAsync(run.Id, record => record.IsFinished);
    }
}
