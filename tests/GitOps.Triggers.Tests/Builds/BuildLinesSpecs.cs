using GitOps.Triggers.Builds;
using Xunit;

namespace GitOps.Triggers.Tests.Builds;

public sealed class BuildLinesSpecs
{
    [Theory]
    [InlineData("STEP 2/3: RUN make", "RUN make")]
    [InlineData("Step 2/3 : RUN make", "RUN make")]
    [InlineData("#6 [2/3] RUN make", "RUN make")]
    [InlineData("#6 [build 2/3] RUN make", "RUN make")]
    [InlineData("INFO[0001] RUN make ", "RUN make")]
    [InlineData("INFO[0001] Running: [/bin/sh -c make]", null)]
    [InlineData("INFO[0001] Unpacking rootfs as cmd COPY a b requires it.", null)]
    [InlineData("RUN make", null)]
    [InlineData("#6 0.215 RUN make", null)]
    public void A_step_that_begins_is_seen_in_every_builders_words(string line, string? step) =>
        Assert.Equal(step, BuildLines.StepOf(line));

    [Theory]
    [InlineData("STEP 2/3: RUN make")]
    [InlineData("COMMIT localhost/gitops-triggers/reports/nightly:1")]
    [InlineData("--> 8260864e305")]
    [InlineData("Error: building at STEP \"RUN make\": while running runtime: exit status 1")]
    [InlineData("Sending build context to Docker daemon  2.048kB")]
    [InlineData(" ---> Running in 8260864e305a")]
    [InlineData("#6 DONE 0.3s")]
    [InlineData("INFO[0000] Taking snapshot of full filesystem...")]
    [InlineData("time=\"2026-11-23T18:28:35Z\" level=warning msg=\"Failed, retrying in 1s\"")]
    public void What_a_builder_says_is_not_what_a_step_prints(string line) => Assert.True(BuildLines.IsOwn(line));

    [Theory]
    [InlineData("main.c:1: error: expected ';'")]
    [InlineData("#6 0.215 main.c:1: error: expected ';'")]
    [InlineData("COMMITTED 3 rows")]
    [InlineData("")]
    public void What_a_step_prints_is_not_what_a_builder_says(string line) => Assert.False(BuildLines.IsOwn(line));
}
