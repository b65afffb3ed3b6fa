using System.Globalization;
using CliWrap;
using CliWrap.Buffered;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Tests.Support;

/// <summary>A repository whose history is made by git commands, in a folder of its own. No configuration of this machine's counts.</summary>
internal sealed class GitRepository : IDisposable
{
    private readonly TempFolder folder = new();

    private GitRepository()
    {
    }

    public string Path => folder.Path;

    public RepositoryUrl Url => RepositoryUrl.Parse("file://" + folder.Path);

    public ConnectedRepository Connected => Connect(Url);

    public static async Task<GitRepository> CreateAsync()
    {
        var repository = new GitRepository();
        await repository.GitAsync("init --quiet --initial-branch=main");
        return repository;
    }

    public static ConnectedRepository Connect(RepositoryUrl url) => new()
    {
        Id = RepositoryId.FromUrl(url),
        Name = url.ShortName,
        Url = url,
        Configured = true,
        ConnectedAt = DateTimeOffset.UnixEpoch,
    };

    /// <summary>The words of one git command; none of them may hold a space.</summary>
    public Task<string> GitAsync(string words) => GitAsync(words.Split(' '));

    public async Task<string> GitAsync(IEnumerable<string> arguments, string input = "")
    {
        var result = await CliWrap.Cli.Wrap("git")
            .WithWorkingDirectory(Path)
            .WithArguments(arguments)
            .WithStandardInputPipe(PipeSource.FromString(input))
            .WithEnvironmentVariables(environment => environment
                .Set("GIT_CONFIG_GLOBAL", "/dev/null").Set("GIT_CONFIG_NOSYSTEM", "1")
                .Set("GIT_AUTHOR_NAME", "A Developer").Set("GIT_AUTHOR_EMAIL", "developer@example.com")
                .Set("GIT_COMMITTER_NAME", "A Developer").Set("GIT_COMMITTER_EMAIL", "developer@example.com"))
            .ExecuteBufferedAsync();
        return result.StandardOutput.TrimEnd('\n');
    }

    public void Write(string name, string content) => folder.Write(name, content);

    public void Link(string name, string target)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(folder[name])!);
        File.CreateSymbolicLink(folder[name], target);
    }

    public void Delete(string name) => File.Delete(folder[name]);

    public void MakeExecutable(string name) =>
        File.SetUnixFileMode(folder[name], File.GetUnixFileMode(folder[name]) | UnixFileMode.UserExecute);

    /// <summary>Commits all that has changed.</summary>
    public async Task<CommitSha> CommitAsync(string message = "Change")
    {
        await GitAsync("add --all");
        await GitAsync(["commit", "--quiet", "--allow-empty", "--message", message]);
        return await HeadAsync();
    }

    public async Task<CommitSha> CommitAsync(string name, string content)
    {
        Write(name, content);
        return await CommitAsync("Change " + name);
    }

    public async Task<CommitSha> HeadAsync(string revision = "HEAD") => CommitSha.Parse(await GitAsync("rev-parse " + revision));

    /// <summary>Commits a tree that no git would make of files: each line as <c>git mktree</c> reads it.</summary>
    public async Task<CommitSha> CommitTreeAsync(params string[] entries)
    {
        var tree = await GitAsync(["mktree", "--missing"], string.Join('\n', entries) + "\n");
        var commit = await GitAsync(["commit-tree", "-m", "Made by hand", tree]);
        await GitAsync("update-ref HEAD " + commit);
        return CommitSha.Parse(commit);
    }

    public async Task<string> BlobAsync(string content) => await GitAsync(["hash-object", "-w", "--stdin"], content);

    public async Task<int> CountAsync(string revisions) =>
        int.Parse(await GitAsync("rev-list --count " + revisions), CultureInfo.InvariantCulture);

    public void Dispose() => folder.Dispose();
}
