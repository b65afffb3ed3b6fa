using GitOps.Triggers.Builds;
using Xunit;

namespace GitOps.Triggers.Tests.Builds;

/// <summary>The error lines were printed by the real programs.</summary>
public sealed class BuildFailuresSpecs
{
    private static readonly FailedBuild Failed = new()
    {
        ExitCode = 1,
        Step = "RUN make",
        PrintedLines = ["compiling", "main.c:1: error"],
        ErrorLines = [],
        Dockerfile = "jobs/report/Dockerfile",
        DockerfileText = "FROM scratch\nRUN make\nCOPY nofile /x\n",
        Memory = "2g",
    };

    [Theory]
    [InlineData(2, "Error: building at STEP \"RUN make\": while running runtime: exit status 2")]
    [InlineData(2, "error building image: error building stage: failed to execute command: waiting for process to exit: exit status 2")]
    [InlineData(1, "ERROR: failed to solve: process \"/bin/sh -c make\" did not complete successfully: exit code: 2")]
    [InlineData(2, "The command '/bin/sh -c make' returned a non-zero code: 2")]
    public void A_failed_step_is_named_with_its_line_code_and_last_words(int exitCode, string error)
    {
        var finding = BuildFailures.Explain(Failed with { ExitCode = exitCode, ErrorLines = [error] }).Rejected();

        Assert.Equal("jobs/report/Dockerfile:2", finding.Location);
        Assert.Equal("the step 'RUN make' failed with exit code 2; the last lines: compiling | main.c:1: error", finding.Message);
    }

    [Theory]
    [InlineData(137, "error building image: error building stage: failed to execute command: waiting for process to exit: exit status 137")]
    [InlineData(137, "")]
    [InlineData(1, "ERROR: failed to solve: process \"/bin/sh -c make\" did not complete successfully: exit code: 137")]
    public void A_build_that_was_killed_is_told_of_its_memory(int exitCode, string error) =>
        Assert.Contains("its 2g of memory", BuildFailures.Explain(Failed with { ExitCode = exitCode, ErrorLines = [error] }).Rejected().Message, StringComparison.Ordinal);

    [Fact]
    public void Podman_says_otherwise_that_a_step_was_killed()
    {
        var failed = Failed with { PrintedLines = ["container exited on killed"], ErrorLines = ["Error: building at STEP \"RUN make\": while running runtime: exit status 1"] };

        Assert.Contains("its 2g of memory", BuildFailures.Explain(failed).Rejected().Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("error building image: parsing dockerfile: dockerfile parse error on line 2: unknown instruction: BOGUS", 2)]
    [InlineData("Error: building at STEP \"COPY nofile /x\": checking on sources under \".\": copier: stat: \"/nofile\": no such file or directory", 3)]
    [InlineData("error building image: error building stage: failed to get files used from context: failed to get fileinfo for ./nofile: lstat ./nofile: no such file or directory", null)]
    [InlineData("Error: The target \"nope\" was not found in the provided Dockerfile", null)]
    [InlineData("", null)]
    public void What_the_Dockerfile_says_wrongly_waits_for_somebody_to_mend_it(string error, int? line)
    {
        var finding = BuildFailures.Explain(Failed with { ErrorLines = error.Length > 0 ? [error] : [] }).Rejected();

        Assert.Equal(line, finding.Line);
        Assert.StartsWith("the build failed: ", finding.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("RUN make", finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Error: creating build container: initializing source docker://example.com/x:1: reading manifest 1 in example.com/x: manifest unknown: manifest unknown")]
    [InlineData("Error: creating build container: short-name \"nothere:1\" did not resolve to an alias and no unqualified-search registries are defined in \"/etc/containers/registries.conf\"")]
    [InlineData("Error: creating build container: initializing source docker://localhost/nothere:1: pinging container registry localhost: Get \"https://localhost/v2/\": dial tcp 127.0.0.1:443: connect: connection refused")]
    [InlineData("error building image: unable to complete operation after 0 attempts, last error: GET https://example.com/v2/x/manifests/1: UNAUTHORIZED: authentication required")]
    [InlineData("error building image: could not parse reference: BAD@@ref")]
    public void A_base_image_that_is_not_to_be_had_waits_for_somebody_to_name_another(string error) =>
        Assert.StartsWith("a base image cannot be had: ", BuildFailures.Explain(Failed with { ErrorLines = [error] }).Rejected().Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("Error: creating build container: initializing source docker://reg.invalid/x:1: pinging container registry reg.invalid: Get \"https://reg.invalid/v2/\": dial tcp: lookup reg.invalid on 192.0.2.53:53: no such host")]
    [InlineData("error building image: unable to complete operation after 2 attempts, last error: Get \"https://index.docker.io/v2/\": dial tcp: lookup index.docker.io on 192.0.2.53:53: no such host")]
    [InlineData("error checking push permissions -- make sure you entered the correct tag name, and that you are authenticated correctly, and try again: checking push permission for \"x\": POST https://example.com/v2/x/blobs/uploads/: UNAUTHORIZED: authentication required")]
    [InlineData("Error: committing container for step: copying layers and metadata: writing blob: write /var/tmp/x: no space left on device")]
    [InlineData("ERROR: Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?")]
    public void What_fails_outside_is_tried_again_and_told_in_whole_sentences(string error) =>
        Assert.StartsWith(error + (error.EndsWith('?') ? " " : ". "), BuildFailures.Explain(Failed with { ErrorLines = [error] }).Retried(), StringComparison.Ordinal);

    [Fact]
    public void A_machine_that_starts_no_containers_is_not_the_steps_fault()
    {
        var failed = Failed with
        {
            ErrorLines =
            [
                "error running container: from /usr/bin/crun creating container for [/bin/sh -c make]: : setrlimit `RLIMIT_NOFILE`: Operation not permitted",
                "Error: building at STEP \"RUN make\": while running runtime: exit status 1",
            ],
        };

        Assert.Contains("gitops-triggers doctor", BuildFailures.Explain(failed).Retried(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_that_the_image_lacks_is_the_steps_fault()
    {
        var failed = Failed with
        {
            ErrorLines =
            [
                "error running container: from /usr/bin/runc creating container for [nope]: time=\"2026-11-23T18:52:00Z\" level=error msg=\"runc create failed: unable to start container process: exec: \\\"nope\\\": executable file not found in $PATH\"",
                "Error: building at STEP \"RUN nope\": while running runtime: exit status 1",
            ],
        };

        Assert.StartsWith("the step 'RUN nope' failed", BuildFailures.Explain(failed).Rejected().Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no such host")]
    [InlineData("write: no space left on device")]
    [InlineData("Cannot connect to the Docker daemon")]
    [InlineData("error running container: it is late")]
    public void A_step_cannot_pass_as_an_outage(string printed)
    {
        var failed = Failed with { PrintedLines = [printed], ErrorLines = [printed, "Error: building at STEP \"RUN make\": while running runtime: exit status 1"] };

        Assert.Contains(printed, BuildFailures.Explain(failed).Rejected().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_build_that_takes_too_long_is_told_where_it_was()
    {
        var finding = BuildFailures.TimedOut("Dockerfile", "FROM scratch\nRUN sleep 1d\n", "RUN sleep 1d", TimeSpan.FromMinutes(30));

        Assert.Equal("Dockerfile:2", finding.Location);
        Assert.Equal("the build did not end within 30m; it was at 'RUN sleep 1d'.", finding.Message);
    }
}
