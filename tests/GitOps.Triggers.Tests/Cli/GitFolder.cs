using CliWrap.Buffered;
using GitOps.Triggers.Tests.Support;
using Xunit;

namespace GitOps.Triggers.Tests.Cli;

/// <summary>A real bare repository and a checkout of it.</summary>
internal sealed class GitFolder : IDisposable
{
    private readonly TempFolder folder = new();

    public string Bare => folder["nightly.git"];

    public string Work => folder["work"];

    public string Url => new Uri(Bare).AbsoluteUri;

    public static async Task<GitFolder> CreateAsync()
    {
        var made = new GitFolder();
        Directory.CreateDirectory(made.Work);
        await made.GitAsync(made.Work, "init", "--quiet", "--bare", "-b", "main", made.Bare);
        await made.GitAsync(made.Work, "init", "--quiet", "-b", "main", ".");
        await made.GitAsync(made.Work, "remote", "add", "origin", made.Url);
        return made;
    }

    public string Write(string name, string content) => folder.Write(Path.Combine("work", name), content);

    public async Task<string> CommitAsync(string message)
    {
        await GitAsync(Work, "add", "-A");
        await GitAsync(Work, "commit", "--quiet", "--allow-empty", "-m", message);
        return (await GitAsync(Work, "rev-parse", "HEAD")).StandardOutput.Trim();
    }

    /// <summary>What the hook says comes on standard error.</summary>
    public Task<BufferedCommandResult> PushAsync(params string[] arguments) => GitAsync(Work, ["push", "--quiet", "origin", .. arguments]);

    public async Task<BufferedCommandResult> GitAsync(string where, params string[] arguments) => await CliWrap.Cli.Wrap("git")
        .WithArguments(["-c", "user.name=Specs", "-c", "user.email=specs@localhost", .. arguments])
        .WithWorkingDirectory(where)
        .WithEnvironmentVariables(variables => variables.Set("GIT_CONFIG_GLOBAL", "/dev/null").Set("GIT_CONFIG_NOSYSTEM", "1"))
        .ExecuteBufferedAsync(TestContext.Current.CancellationToken);

    public void Dispose() => folder.Dispose();
}
