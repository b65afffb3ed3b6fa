using System.Text;
using CsCheck;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Sources;
using Xunit;

namespace GitOps.Triggers.Tests.Fuzzing;

/// <summary>A Dockerfile: read without fail, its findings inside it, and of a plainly written one the stages that a plain reader sees.</summary>
internal sealed class DockerfileTarget : FuzzTarget
{
    private const string File = "Dockerfile";

    private static readonly string[] Instructions =
    [
        "FROM alpine\n", "FROM localhost/base AS build\n", "FROM build\n", "FROM --platform=linux/amd64 python:3.13-slim as Run\n", "FROM ${BASE}\n", "FROM ${BASE:-localhost/b} AS last\n", "from scratch\n", "FROM\n", "FROM a AS\n",
        "ARG BASE=localhost/base\n", "ARG BASE\n", "ARG A=1 B=\"$A\" C='x y'\n", "USER 1000\n", "USER root\n", "USER 0:0\n", "user \"app\"\n", "USER ${UID}\n", "USER\n", "COPY . /c/\n", "COPY --from=build /a /b\n", "COPY --from=0 a b\n",
        "COPY --chown=1:1 --from=localhost/tools a b\n", "RUN --mount=type=bind,from=build,target=/a echo\n", "RUN echo \\\n  two \\\n  three\n", "RUN <<EOF\nFROM evil\nEOF\n", "RUN <<-'A' <<B\n\tFROM x\n\tA\nB\n", "COPY <<f /f\nUSER 0\nf\n",
        "# a comment\n", "# escape=`\n", "# syntax=docker/dockerfile:1\n", "RUN a `\n  b\n", "ENTRYPOINT [\"/a\"]\n", "CMD a\n", "\n", "  \t\n", "ONBUILD FROM x\n", "HEALTHCHECK NONE\n", "LABEL a=b\n", "RUN a\\\n# in between\n\nb\n", "RUN a \\",
    ];

    public override string Name => "dockerfile";

    public override int Share => 170;

    public override Gen<byte[]> Inputs { get; } = Of();

    public override void Check(byte[] input)
    {
        var text = Encoding.UTF8.GetString(input);
        var dockerfile = Dockerfile.Parse(text);
        var lines = text.Split('\n').Length;
        Assert.All(dockerfile.Instructions.Zip(dockerfile.Instructions.Skip(1)), pair => Assert.True(pair.First.Line < pair.Second.Line));
        Assert.All(dockerfile.Instructions, one => Assert.InRange(one.Line, 1, lines));
        if (PlainDockerfile.Read(text) is { } plain)
            Assert.Equal(plain, dockerfile.Stages.Select(stage => new PlainDockerfile(stage.From.Line, stage.Base, stage.Name, stage.User?.Rest)));
        foreach (var target in ((string?[])[null, "missing"]).Concat(dockerfile.Stages.Select(stage => stage.Name)).Distinct().Take(4))
            Checked(dockerfile, target, lines, input);
    }

    private static void Checked(Dockerfile dockerfile, string? target, int lines, byte[] input)
    {
        var spec = new BuildSpec { Context = "", Dockerfile = File, Target = target, Args = new Dictionary<string, string> { ["UID"] = "7" } };
        foreach (var onCluster in (bool[])[false, true])
        {
            var findings = DockerfileCheck.Run(spec, File, dockerfile, onCluster);
            FindingRules.Check(findings, File, input);
            Assert.Equal(findings, DockerfileCheck.Run(spec, File, Dockerfile.Parse(Encoding.UTF8.GetString(input)), onCluster));
        }
        if (LocalBases.Find(spec, dockerfile) is not { } local)
            return;
        Assert.InRange(local.Line, 1, lines);
        Assert.StartsWith("localhost/", local.Image, StringComparison.OrdinalIgnoreCase);
    }

    private static Gen<byte[]> Of()
    {
        var seeds = Corpus.With("dockerfile", "Dockerfile");
        var made = Gen.OneOf(Instructions).Array[1, 12].Select(lines => Encoding.UTF8.GetBytes(string.Concat(lines)));
        return Gen.Frequency((2, made), (2, Edits.Of(made, seeds, Instructions)), (2, Edits.Of(seeds, Instructions)));
    }
}
