using CliWrap.Buffered;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Tests.Support;
using Xunit;

namespace GitOps.Triggers.Tests.Sources;

/// <summary>The files that a real build copies from a checkout are those that we hash and export.</summary>
public sealed class DockerAgreementSpecs
{
    private static readonly BuildSpec Spec = new() { Context = "", Dockerfile = "Dockerfile" };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", "")]
    [InlineData("*.md\n!README.md\n**/bin\nDockerfile\n.dockerignore\ndocs/*", "")]
    [InlineData("*\n!src\n!keep/a/b/x.txt\nsrc/*.pyc\n# comment\n\nsrc/tmp", "")]
    [InlineData("src", "keep\n*.md\n?rc/*[a-c].pyc\n")]
    public async Task A_build_sees_the_same_files(string ignore, string dockerfileIgnore)
    {
        await ContainerEngine.SkipUnlessAvailableAsync();
        using var repository = await FilesAsync();
        using var host = new SourcesHost();
        if (ignore.Length > 0)
            repository.Write(".dockerignore", ignore);
        if (dockerfileIgnore.Length > 0)
            repository.Write("Dockerfile.dockerignore", dockerfileIgnore);
        await repository.CommitAsync();
        var exported = await ContextExporterSpecs.ExportAsync(host, repository, await host.InputsAsync(repository, Spec), host.Data["export"]);

        var real = await FilesInImageAsync(repository.Path, Path.Combine(repository.Path, "Dockerfile"));
        var ours = await FilesInImageAsync(exported.Context, exported.Dockerfile);

        Assert.Equal(real.Where(file => file != ".git" && !file.StartsWith(".git/", StringComparison.Ordinal)), ours);
        Assert.Equal(ContextExporterSpecs.Listing(exported.Context), ours);
    }

    private static async Task<GitRepository> FilesAsync()
    {
        var repository = await GitRepository.CreateAsync();
        repository.Write("Dockerfile", "FROM scratch\nCOPY . /c/\nUSER 1\n");
        repository.Write("README.md", "");
        repository.Write("CHANGES.md", "");
        repository.Write("docs/README.md", "");
        repository.Write("docs/api/a.md", "");
        repository.Write("src/main.py", "");
        repository.Write("src/a.pyc", "");
        repository.Write("src/bin/tool", "");
        repository.Write("src/tmp/x", "");
        repository.Write("keep/a/b/x.txt", "");
        repository.Write("keep/a/b/y.txt", "");
        repository.Link("link", "src/main.py");
        return repository;
    }

    /// <summary>Everything under /c, as the image holds it.</summary>
    private static async Task<IReadOnlyList<string>> FilesInImageAsync(string context, string dockerfile)
    {
        var image = await BuildAsync(context, dockerfile);
        var container = await RunAsync("create", image, "/none");
        try
        {
            var listing = await (CliWrap.Cli.Wrap(ContainerEngine.Name).WithArguments(["export", container])
                | CliWrap.Cli.Wrap("tar").WithArguments(["--list", "--file", "-"])).ExecuteBufferedAsync(Ct);
            return [.. listing.StandardOutput.Split('\n').Where(name => name.StartsWith("c/", StringComparison.Ordinal) && name.Length > 2)
                .Select(name => name[2..].TrimEnd('/')).Order(StringComparer.Ordinal)];
        }
        finally
        {
            await RunAsync("rm", "--force", container);
            await RunAsync("rmi", "--force", image);
        }
    }

    private static Task<string> BuildAsync(string context, string dockerfile) =>
        RunAsync("build", "--quiet", "--no-cache", "--file", dockerfile, context);

    private static async Task<string> RunAsync(params string[] arguments)
    {
        var result = await ContainerEngine.RunAsync(arguments, Ct);
        Assert.True(result.IsSuccess, result.StandardError);
        return result.StandardOutput.Trim();
    }
}
