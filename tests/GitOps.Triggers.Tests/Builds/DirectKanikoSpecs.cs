using GitOps.Triggers.Builds;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Tests.Containers;
using Xunit;

namespace GitOps.Triggers.Tests.Builds;

public sealed class DirectKanikoSpecs
{
    private static readonly DirectKanikoConditions Fit = new() { HasExecutor = true, InContainer = true, Disposable = true, HasRegistry = true };

    [Fact]
    public void The_executor_runs_beside_the_engine_only_in_a_container_made_for_that()
    {
        Assert.Null(Fit.Refusal);
        Assert.Contains("/kaniko/executor", (Fit with { HasExecutor = false }).Refusal, StringComparison.Ordinal);
        Assert.Contains("replaces the whole file system", (Fit with { InContainer = false }).Refusal, StringComparison.Ordinal);
        Assert.Contains("TRIGGERS_DISPOSABLE_CONTAINER=yes", (Fit with { Disposable = false }).Refusal, StringComparison.Ordinal);
        Assert.Contains("no registry is set", (Fit with { HasRegistry = false }).Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task This_machine_is_never_replaced()
    {
        await using var bench = new BuildBench { RegistryPrefix = "registry.example.com" };

        Assert.NotNull(DirectKanikoConditions.Here(bench.Configuration).Refusal);
    }

    [Fact]
    public async Task The_executor_pushes_and_says_which_digest()
    {
        var digest = "sha256:" + new string('d', 64);
        using var executor = new Script("executor", $$"""
            env | grep -v -E '^(PWD|OLDPWD|SHLVL|_)=' | cut -d= -f1 | sort > "$0.env"
            for each in "$@"; do echo "$each"; done > "$0.args"
            while [ "$1" != --digest-file ]; do shift; done
            printf '%s' {{digest}} > "$2"
            """);
        await using var bench = new BuildBench { RegistryPrefix = "registry.example.com/triggers" };
        bench.With("FROM scratch");

        var image = (await BuildAsync(bench, executor)).Done();

        Assert.Equal($"registry.example.com/triggers/reports/nightly@{digest}", image.Image.ToString());
        Assert.Equal("kaniko (direct)", image.Builder);
        var arguments = await File.ReadAllLinesAsync(executor.Program + ".args", BuildBench.Cancelled);
        Assert.Contains("dir://" + bench.ContextFolder, arguments);
        Assert.Contains($"registry.example.com/triggers/reports/nightly:{bench.Hash.Short}", arguments);
        Assert.DoesNotContain("--no-push", arguments);
        var variables = await File.ReadAllLinesAsync(executor.Program + ".env", BuildBench.Cancelled);
        Assert.Empty(variables.Except(["PATH", "HOME", "USER", "SSL_CERT_DIR", "SSL_CERT_FILE", "DOCKER_CONFIG"]));
    }

    [Fact]
    public async Task A_digest_that_was_written_before_a_push_failed_is_not_taken()
    {
        using var executor = new Script("executor", """
            while [ "$1" != --digest-file ]; do shift; done
            printf 'sha256:%064d' 0 > "$2"
            echo 'error pushing image: failed to push: Get "https://registry.example.com/v2/": dial tcp: lookup registry.example.com: no such host' >&2
            exit 1
            """);
        await using var bench = new BuildBench { RegistryPrefix = "registry.example.com/triggers" };
        bench.With("FROM scratch");

        Assert.Contains("no such host", (await BuildAsync(bench, executor)).Retried(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pipe_in_the_place_of_the_digest_is_not_waited_for()
    {
        using var executor = new Script("executor", """
            while [ "$1" != --digest-file ]; do shift; done
            mkfifo "$2"
            """);
        await using var bench = new BuildBench { RegistryPrefix = "registry.example.com/triggers" };
        bench.With("FROM scratch");

        var result = await Task.Run(() => BuildAsync(bench, executor)).WaitAsync(TimeSpan.FromSeconds(20), BuildBench.Cancelled);

        Assert.StartsWith("Kaniko ended well, but left no digest", result.Retried(), StringComparison.Ordinal);
    }

    private static Task<StageResult<BuiltImage>> BuildAsync(BuildBench bench, Script executor)
    {
        var launcher = new DirectKanikoLauncher(executor.Program, bench.Configuration, SecretMask.None, TimeProvider.System);
        return new KanikoBuilder(launcher, bench.Limits, TimeProvider.System).BuildAsync(bench.Request, bench.Log, BuildBench.Cancelled);
    }
}
