using GitOps.Triggers.Containers;
using Xunit;

namespace GitOps.Triggers.Tests.Containers;

public sealed class ContainerProbeSpecs
{
    private const string Answers = """
        case "$1" in
          --version) echo podman version 4.3.1 ;;
          version) echo 4.3.1 ;;
          image) echo '[{"Id":"a32c5659db093498f16d5602479ac569eb936d74dab8dfb71e13d06be481bf84","Config":{}}]' ;;
          rm) ;;

        """;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_machine_without_an_engine_is_told_what_to_install()
    {
        var report = await TryAsync("/nowhere/podman");

        Assert.Equal(ProbeVerdict.NoEngine, report.Verdict);
        Assert.StartsWith("No container engine answers: install podman, or start docker.", report.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_machine_that_needs_settings_is_told_which_and_where()
    {
        // The machine that the tests run on may need settings itself, and name them in the environment.
        var inherited = Environment.GetEnvironmentVariable("CONTAINERS_CONF");
        using var podman = new Script("podman", Answers + $$"""
              run) [ "$CONTAINERS_CONF" != "{{inherited}}" ] && grep -q 'default_ulimits = ' "$CONTAINERS_CONF" && grep -q 'runtime = "runc"' "$CONTAINERS_CONF" && exit 0
                   echo 'Error: crun: setrlimit: Operation not permitted: OCI permission denied' >&2; exit 126 ;;
            esac
            """);

        var report = await TryAsync(podman.Program);

        Assert.Equal(ProbeVerdict.WorksWithSettings, report.Verdict);
        Assert.Equal("[containers]\ndefault_ulimits = [\"nofile=1024:1024\", \"nproc=1024:1024\"]\n[engine]\nruntime = \"runc\"\n", report.Settings);
        Assert.Contains("setrlimit: Operation not permitted", report.Summary, StringComparison.Ordinal);
        Assert.EndsWith($"Write them to {report.SettingsFile}.", report.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_machine_where_nothing_helps_is_told_why()
    {
        using var podman = new Script("podman", Answers + "run) echo 'Error: cannot set up namespace' >&2; exit 125 ;; esac");

        var report = await TryAsync(podman.Program);

        Assert.Equal(ProbeVerdict.Fails, report.Verdict);
        Assert.Equal("podman 4.3.1 answers, but no container starts: Error: cannot set up namespace", report.Summary);
    }

    [Fact]
    public async Task An_image_without_the_program_still_shows_that_containers_start()
    {
        using var podman = new Script("podman", Answers + "run) echo 'Error: crun: executable file `true` not found in $PATH' >&2; exit 127 ;; esac");

        Assert.Equal(ProbeVerdict.Works, (await TryAsync(podman.Program)).Verdict);
    }

    [Theory]
    [InlineData("/etc/own.conf", true, "/etc/own.conf")]
    [InlineData("", true, "/etc/containers/containers.conf.d/gitops-triggers.conf")]
    [InlineData(null, true, "/etc/containers/containers.conf.d/gitops-triggers.conf")]
    public void Settings_go_where_podman_reads_them(string? own, bool root, string file) =>
        Assert.Equal(file, ProbeSettings.FileFor(own, root));

    [Fact]
    public async Task This_machine_gets_a_verdict_and_no_container_stays()
    {
        var engine = (await TestEngine.Find(Environment.GetEnvironmentVariable(ContainerEngineLocator.Variable)).SearchAsync(Cancelled)).Engine;
        Assert.SkipUnless(engine is not null, "there is neither podman nor docker");
        using var watched = new Script(engine.Name, $"[ \"$1\" != run ] || echo \"$3\" >> \"$0.names\"; exec {engine.Command.Executable} \"$@\"");

        var report = await TryAsync(watched.Program);

        Assert.NotEqual(ProbeVerdict.NoEngine, report.Verdict);
        var there = await engine.Command.RunAsync(["ps", "--all", "--format", "{{.Names}}"], Cancelled);
        var tried = await File.ReadAllLinesAsync(watched.Program + ".names", Cancelled);
        Assert.NotEmpty(tried);
        Assert.All(tried, name => Assert.DoesNotContain(name, there, StringComparison.Ordinal));
    }

    private static Task<ProbeReport> TryAsync(string engine) => new ContainerProbe(TestEngine.Find(engine)).TryAsync(Cancelled);
}
