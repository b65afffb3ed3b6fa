using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using GitOps.Triggers.Tests.Containers;
using GitOps.Triggers.Tests.Registries;
using GitOps.Triggers.Tests.Support;
using GitOps.Triggers.Tests.Support.ApiServer;
using Xunit;

namespace GitOps.Triggers.Tests.Cli;

public sealed class DoctorSpecs : IDisposable
{
    private readonly TempFolder folder = new();

    [Fact]
    public async Task What_is_well_is_said_and_what_is_not_comes_with_its_fix()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        Configure(((IPEndPoint)taken.LocalEndpoint).Port);
        folder.Write("secret", "something long and random");
        File.SetUnixFileMode(folder["secret"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        folder.Write("data/token", new string('a', 64));
        folder.Write("data/engine.db", "this is no database, whatever its name says, and it is long enough to be looked at as one");

        var lines = await LinesAsync();

        Assert.Equal("ok", lines["git"].State);
        Assert.Equal("ok", lines["clock"].State);
        Assert.Equal("ok", lines["time zones"].State);
        Assert.Equal("ok", lines["configuration"].State);
        Assert.Equal("ok", lines["data folder"].State);
        Assert.Equal("fail", lines["database"].State);
        Assert.Equal("warn", lines["engine"].State);
        Assert.Equal("fail", lines["port"].State);
        Assert.Equal(("warn", $"chmod 600 {folder["secret"]}"), lines["webhook secret"]);
    }

    [Fact]
    public async Task A_missing_secret_is_a_failure_and_nothing_of_a_secret_is_shown()
    {
        Configure(1);

        var lines = await LinesAsync();

        Assert.Equal("fail", lines["webhook secret"].State);
    }

    [Fact]
    public async Task What_the_account_may_not_do_on_the_builds_cluster_is_named_with_its_fix()
    {
        await using var api = await ApiServer.StartAsync();
        api.Token = "engine";
        api.Allows = right => right["resource"]?.ToString() != "secrets" && right["subresource"]?.ToString() != "log";
        Configure(1);
        File.AppendAllText(folder["engine.yaml"], $"\nregistry: {{ prefix: registry.example.com/triggers }}\nbuilder: {{ kind: kubernetes, kubeconfig: {api.KubeconfigFile()}, contextImage: \"busybox@sha256:{new string('0', 64)}\" }}\n");

        var run = await CliRun.RunAsync(folder.Path, "doctor", "-o", "json");

        using var json = JsonDocument.Parse(run.Output);
        var line = json.RootElement.EnumerateArray().Single(one => one.GetProperty("what").GetString() == "builds");
        Assert.Equal(("fail", "kubectl apply -f docs/kubernetes/builds.yaml"), (line.GetProperty("state").GetString(), line.GetProperty("fix").GetString()));
        var images = json.RootElement.EnumerateArray().Single(one => one.GetProperty("what").GetString() == "build images");
        Assert.Equal(("warn", "By a tag, which may become another image: kanikoImage: gcr.io/kaniko-project/executor:v1.24.0."), (images.GetProperty("state").GetString(), images.GetProperty("message").GetString()));
        Assert.Contains("may not get pods/log, create secrets, or", line.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_engine_that_builds_and_runs_on_clusters_only_needs_no_container_here()
    {
        await using var api = await ApiServer.StartAsync();
        api.Token = "engine";
        var kubeconfig = api.KubeconfigFile();
        folder.Write("engine.yaml", $$"""
            data: ./data
            environments: [ { name: dev, branch: main, target: { kind: kubernetes, kubeconfig: {{kubeconfig}}, namespace: "trg-{repository}" } } ]
            registry: { prefix: registry.example.com/triggers }
            builder: { kind: kubernetes, kubeconfig: {{kubeconfig}} }
            webhooks: { secretFiles: [ ./secret ] }
            """);

        var run = await CliRun.RunAsync(folder.Path, "doctor", "-o", "json");

        using var json = JsonDocument.Parse(run.Output);
        Assert.DoesNotContain(json.RootElement.EnumerateArray(), line => line.GetProperty("what").GetString() == "containers");
        Assert.Contains(json.RootElement.EnumerateArray(), line => line.GetProperty("what").GetString() == "builds");
    }

    [Theory]
    [InlineData(true, "ok")]
    [InlineData(false, "fail")]
    public async Task Whether_the_registry_answers_and_lets_the_engine_in_is_tried(bool accepts, string state)
    {
        await using var registry = await RegistryServer.StartAsync();
        (registry.Challenge, registry.Admits) = ("Basic realm=\"registry\"", _ => accepts && registry.Requests.Count > 1);
        Configure(1, $"registry: {{ prefix: {registry.Host}/triggers, credentialsFile: ./login.json }}");
        folder.Write("login.json", $$"""{ "auths": { "{{registry.Host}}": { "username": "engine", "password": "something long and random" } } }""");

        var lines = await LinesAsync();

        Assert.Equal(state, lines["registry"].State);
        Assert.Equal(accepts, lines["registry"].Fix is null);
        Assert.Equal(("warn", $"chmod 600 {folder["login.json"]}"), lines["registry login"]);
    }

    [Theory]
    [Threat(21)]
    [InlineData("", "ok", "It answers to this machine, and not to podman's containers.")]
    [InlineData("allowCloudMetadata: true", "warn", "Builds and runs may ask it")]
    public async Task The_clouds_metadata_is_looked_for_and_tried_from_a_container(string setting, string state, string message)
    {
        var engine = await (await Containers.TestEngine.RequireWithBaseAsync()).RequireAsync(TestContext.Current.CancellationToken);
        Assert.SkipUnless(engine.IsPodman, "docker has no hooks");
        Configure(1, setting);

        // On a cloud's machine one answers anyhow.
        await using var metadata = await MetadataService.StartAsync(port: 80);
        var (found, said) = await MetadataAsync();

        Assert.Equal(state, found);
        Assert.StartsWith(message, said, StringComparison.Ordinal);
    }

    private async Task<(string? State, string Message)> MetadataAsync()
    {
        var run = await CliRun.RunAsync(folder.Path, "doctor", "-o", "json");
        using var json = JsonDocument.Parse(run.Output);
        var line = json.RootElement.EnumerateArray().Single(one => one.GetProperty("what").GetString() == "cloud metadata");
        return (line.GetProperty("state").GetString(), line.GetProperty("message").GetString()!);
    }

    private void Configure(int port, string registry = "") => folder.Write("engine.yaml", $$"""
        data: ./data
        server: { listen: "http://127.0.0.1:{{port}}" }
        environments: [ { name: dev, branch: main, target: { kind: local } } ]
        webhooks: { secretFiles: [ ./secret ] }
        {{registry}}
        """);

    private async Task<Dictionary<string, (string State, string? Fix)>> LinesAsync()
    {
        var run = await CliRun.RunAsync(folder.Path, "doctor", "-o", "json");
        Assert.Equal(3, run.ExitCode);
        Assert.DoesNotContain("something long and random", run.Output + run.Notes, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(run.Output);
        return json.RootElement.EnumerateArray().ToDictionary(
            line => line.GetProperty("what").GetString()!,
            line => (line.GetProperty("state").GetString()!, line.TryGetProperty("fix", out var fix) ? fix.GetString() : null));
    }

    public void Dispose() => folder.Dispose();
}
