using GitOps.Triggers.Builds;
using GitOps.Triggers.Domain;
using Xunit;

namespace GitOps.Triggers.Tests.Builds;

public sealed class KanikoArgumentsSpecs
{
    private static readonly KanikoArguments Plain = new()
    {
        Spec = new BuildSpec { Context = "", Dockerfile = "Dockerfile" },
        Hash = InputHash.Parse(new string('a', 64)),
        Context = "/workspace",
        Dockerfile = "/workspace/Dockerfile",
        Destination = "registry.example.com/reports/nightly:aaaaaaaaaaaa",
    };

    [Fact]
    public void Kaniko_pushes_where_it_is_given_no_archive()
    {
        var arguments = Plain with { DigestFile = "/out/digest" };

        Assert.Equal(
            "--context dir:///workspace --dockerfile /workspace/Dockerfile --destination registry.example.com/reports/nightly:aaaaaaaaaaaa --digest-file /out/digest " +
            $"--label triggers.gitops/input-hash={new string('a', 64)} --reproducible --single-snapshot --skip-unused-stages --image-download-retry 2 --push-retry 2 --log-format color",
            string.Join(' ', arguments.ToList()));
    }

    [Fact]
    public void Kaniko_does_not_push_where_it_writes_an_archive()
    {
        var arguments = (Plain with { Archive = "/out/image.tar" }).ToList();

        Assert.Contains("--no-push --tar-path /out/image.tar", string.Join(' ', arguments), StringComparison.Ordinal);
        Assert.DoesNotContain("--digest-file", arguments);
    }

    [Fact]
    public void What_the_manifest_says_is_handed_on_and_stays_one_argument_each()
    {
        var arguments = (Plain with
        {
            Spec = Plain.Spec with { Target = "runtime", Args = new Dictionary<string, string> { ["Z"] = "--no-push", ["A"] = "a b=\"c\" $(d)" } },
            Platform = "linux/arm64",
            IgnoredPaths = ["/data", "/app"],
        }).ToList();

        Assert.Equal(["--target", "runtime", "--custom-platform", "linux/arm64", "--build-arg", "A=a b=\"c\" $(d)", "--build-arg", "Z=--no-push", "--ignore-path", "/data", "--ignore-path", "/app"],
            arguments.Skip(6).Take(12));
    }

    [Fact]
    public void Equal_inputs_of_different_commits_are_built_alike() =>
        Assert.DoesNotContain("org.opencontainers.image.revision", string.Join(' ', Plain.ToList()), StringComparison.Ordinal);
}
