using GitOps.Triggers.Domain;
using GitOps.Triggers.Sources;
using Xunit;

namespace GitOps.Triggers.Tests.Sources;

public sealed class DockerfileUserSpecs
{
    [Theory]
    [InlineData("FROM python")] // what the base image says is looked at after the build
    [InlineData("FROM python\nUSER 1000")]
    [InlineData("FROM python\nUSER 65532:65532")]
    [InlineData("FROM python\nuser \"1000\"")]
    [InlineData("FROM python\nUSER root\nRUN apt-get update\nUSER 1000")]
    [InlineData("FROM python\nUSER $UID")]
    [InlineData("FROM python\nUSER ${UID:-0}")]
    [InlineData("FROM scratch AS base\nUSER 1000\nFROM base")]
    [InlineData("FROM scratch AS files\nFROM python\nCOPY --from=files / /")]
    [InlineData("ARG BASE=scratch\nFROM $BASE")]
    [InlineData("# escape=`\nFROM python\nUSER `\n  1000")]
    [InlineData("FROM python\nUSER \\\n# a comment within\n\n  1000")]
    [InlineData("FROM python\nUSER 1000\nRUN <<EOF\nUSER root\nEOF\nRUN <<-'END' cat\n\tUSER root\n\tEND")]
    [InlineData("FROM python\nUSER 1000\nCOPY <<a <<b /x/\nUSER root\na\nUSER root\nb\n")]
    [InlineData("FROM --platform=linux/amd64 python AS a\nUSER 1")]
    public void Fine(string dockerfile) => Assert.Empty(Check(dockerfile));

    [Theory]
    [InlineData("FROM python\nUSER root", 2)]
    [InlineData("FROM python\nUSER 0", 2)]
    [InlineData("FROM python\nUSER 0:0", 2)]
    [InlineData("FROM python\nUSER 00", 2)]
    [InlineData("FROM python\nUSER app", 2)]
    [InlineData("FROM python\nUSER app:1000", 2)]
    [InlineData("FROM python\nUSER", 2)]
    [InlineData("FROM python\n\n# note\nUSER \\\n  nobody", 4)]
    [InlineData("FROM python\nUSER 1000\nUSER root", 3)]
    [InlineData("FROM scratch\nCOPY tool /", 1)]
    [InlineData("FROM SCRATCH", 1)]
    [InlineData("FROM scratch AS a\nFROM a AS b\nFROM b", 1)]
    [InlineData("FROM python AS base\nUSER root\nFROM base", 2)]
    [InlineData("FROM python\nUSER 1000\nRUN cat <<<EOF\nUSER root\n", 4)] // no here-document
    [InlineData("FROM python\nUSER 1000\nRUN cat <<EOF\nUSER root\n", 4)] // one that never ends
    [InlineData("FROM python\r\nUSER root\r\n", 2)]
    public void Refused(string dockerfile, int line)
    {
        var finding = Assert.Single(Check(dockerfile));

        Assert.Equal(line, finding.Line);
        Assert.Contains("USER 65532:65532", finding.Fix);
    }

    [Fact]
    public void The_target_decides_which_stage_counts()
    {
        const string Dockerfile = "FROM python AS tool\nUSER root\nFROM python AS job\nUSER 1000\n";

        Assert.Empty(Check(Dockerfile));
        Assert.Empty(Check(Dockerfile, "job"));
        Assert.Single(Check(Dockerfile, "tool"));
    }

    [Theory]
    [InlineData("FROM python", 1)]
    [InlineData("FROM golang AS build\nUSER 1000\nFROM debian\nCOPY --from=build /tool /", 3)]
    [InlineData("FROM python AS base\nFROM base", 2)]
    public void Refused_where_a_cluster_may_run_it(string dockerfile, int line)
    {
        var finding = Assert.Single(Check(dockerfile, mustSetUser: true));

        Assert.Equal(line, finding.Line);
        Assert.Contains("USER 65532", finding.Fix, StringComparison.Ordinal);
        Assert.Empty(Check(dockerfile + "\nUSER 65532", mustSetUser: true));
    }

    private static IReadOnlyList<Finding> Check(string dockerfile, string? target = null, bool mustSetUser = false) =>
        DockerfileCheck.Run(new BuildSpec { Context = "", Dockerfile = "Dockerfile", Target = target }, "trigger.yaml", Dockerfile.Parse(dockerfile), mustSetUser);
}
