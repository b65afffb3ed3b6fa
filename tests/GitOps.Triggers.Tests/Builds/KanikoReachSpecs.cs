using GitOps.Triggers.Builds;
using GitOps.Triggers.Domain;
using Xunit;

namespace GitOps.Triggers.Tests.Builds;

public sealed class KanikoReachSpecs
{
    [Fact]
    public async Task Kaniko_is_not_started_on_a_base_image_that_only_this_machine_has()
    {
        await using var bench = new BuildBench().With("FROM localhost/tools:1");
        var request = bench.Request with { Inputs = bench.Request.Inputs with { LocalBase = new LocalBase(1, "localhost/tools:1") } };
        var launcher = new CountingLauncher();

        var finding = (await new KanikoBuilder(launcher, bench.Limits, TimeProvider.System).BuildAsync(request, bench.Log, BuildBench.Cancelled)).Rejected();

        Assert.Equal(0, launcher.Launched);
        Assert.Equal((request.Inputs.Spec.Dockerfile, 1), (finding.File, finding.Line));
        Assert.Contains("localhost/tools:1, which only this machine's store can have", finding.Message, StringComparison.Ordinal);
        Assert.Contains("`builder: { kind: local }`", finding.Fix, StringComparison.Ordinal);
        Assert.Contains(bench.LogLines(), line => line.Contains("localhost/tools:1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Kaniko_is_started_on_any_other()
    {
        await using var bench = new BuildBench().With("FROM python");
        var launcher = new CountingLauncher();

        (await new KanikoBuilder(launcher, bench.Limits, TimeProvider.System).BuildAsync(bench.Request, bench.Log, BuildBench.Cancelled)).Done();

        Assert.Equal(1, launcher.Launched);
    }

    private sealed class CountingLauncher : IKanikoLauncher
    {
        public string Title => "kaniko (test)";

        public int Launched { get; private set; }

        public Task<StageResult<ImageReference>> BuildAsync(BuildRequest request, BuildTranscript transcript, CancellationToken ct)
        {
            Launched++;
            return Task.FromResult<StageResult<ImageReference>>(new StageResult<ImageReference>.Done(ImageReference.Parse("sha256:" + new string('a', 64))));
        }
    }
}
