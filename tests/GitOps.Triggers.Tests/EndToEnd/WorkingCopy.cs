using CliWrap.Buffered;
using GitOps.Triggers.Tests.Support;

namespace GitOps.Triggers.Tests.EndToEnd;

/// <summary>A bare repository and a clone of it, moved by real git commands.</summary>
internal sealed class WorkingCopy(TempFolder folder, string name)
{
    // A repository may belong to its engine's user, which git takes for an attack otherwise.
    private static readonly Lazy<string> Settings = new(() =>
    {
        var file = Path.Combine(AppContext.BaseDirectory, "tests.gitconfig");
        File.WriteAllText(file, "[safe]\n\tdirectory = *\n");
        return file;
    });

    public string BareFolder => folder[name + ".git"];

    public string Folder => folder[name];

    public string Url => "file://" + BareFolder;

    public static async Task<WorkingCopy> CreateAsync(TempFolder folder, string name)
    {
        var copy = new WorkingCopy(folder, name);
        await GitIn(folder.Path, "init", "--quiet", "--bare", "--initial-branch=main", copy.BareFolder);
        await GitIn(folder.Path, "init", "--quiet", "--initial-branch=main", copy.Folder);
        await copy.GitAsync("config", "user.name", "Test");
        await copy.GitAsync("config", "user.email", "test@localhost");
        await copy.GitAsync("remote", "add", "origin", copy.Url);
        return copy;
    }

    public void Write(string file, string content)
    {
        var path = Path.Combine(Folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
    }

    /// <returns>The commit's id.</returns>
    public async Task<string> CommitAsync(string message)
    {
        await GitAsync("add", "--all");
        await GitAsync("commit", "--quiet", "--allow-empty", "--message", message);
        return await HeadAsync();
    }

    public Task<string> HeadAsync() => GitAsync("rev-parse", "HEAD");

    public Task PushAsync(string branch) => GitAsync("push", "--quiet", "--force", "origin", "HEAD:refs/heads/" + branch);

    public Task<string> GitAsync(params string[] arguments) => GitIn(Folder, arguments);

    private static async Task<string> GitIn(string folder, params string[] arguments)
    {
        var result = await CliWrap.Cli.Wrap("git").WithArguments(arguments).WithWorkingDirectory(folder)
            .WithEnvironmentVariables(variables => variables.Set("GIT_CONFIG_GLOBAL", Settings.Value).Set("GIT_CONFIG_NOSYSTEM", "1"))
            .ExecuteBufferedAsync();
        return result.StandardOutput.Trim();
    }
}
