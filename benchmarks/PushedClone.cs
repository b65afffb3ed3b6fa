using System.Diagnostics;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Benchmarks;

/// <summary>A developer's clone of a repository, that commits and pushes as people do.</summary>
internal sealed class PushedClone
{
    private readonly SourceRepository source;

    private PushedClone(SourceRepository source, string folder) => (this.source, Folder) = (source, folder);

    public string Folder { get; }

    public TriggerName Trigger => source.Triggers[0];

    public static async Task<PushedClone> CreateAsync(SourceRepository source, string folder)
    {
        await CliWrap.Cli.Wrap("git").WithArguments(["clone", "--quiet", "--branch", "main", source.Folder, folder]).ExecuteAsync();
        return new PushedClone(source, folder);
    }

    public Task ScheduleAsync(string schedule)
    {
        Write($"{Trigger}/trigger.yaml", source.Manifest(Trigger, schedule));
        return CommitAsync($"Run at {schedule}");
    }

    public void Write(string path, string content)
    {
        var file = Path.Combine(Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, content);
    }

    public async Task CommitAsync(string message)
    {
        await GitAsync("add", "--all");
        await GitAsync("-c", "user.name=A Developer", "-c", "user.email=developer@example.com", "commit", "--quiet", "--message", message);
    }

    /// <returns>How long <c>git push</c> took.</returns>
    public async Task<TimeSpan> PushAsync()
    {
        var begun = Stopwatch.GetTimestamp();
        await GitAsync("push", "--quiet", "origin", "main");
        return Stopwatch.GetElapsedTime(begun);
    }

    private async Task GitAsync(params string[] arguments) => await CliWrap.Cli.Wrap("git").WithArguments(arguments).WithWorkingDirectory(Folder).ExecuteAsync();
}
