using System.Text;
using GitOps.Triggers.Domain;
using Git = LibGit2Sharp;

namespace GitOps.Triggers.Benchmarks;

/// <summary>A bare repository on disk whose branches <c>main</c> and <c>prod</c> are always the same.</summary>
/// <param name="folder">Where it is.</param>
/// <param name="triggers">How many triggers it holds, each in a folder of its own, all built from the same.</param>
internal sealed class SourceRepository(string folder, int triggers = 1)
{
    private static readonly string[] Branches = ["refs/heads/main", "refs/heads/prod"];

    private const string Dockerfile = """
        FROM scratch
        COPY . /
        USER 65532:65532

        """;

    public string Name => Path.GetFileNameWithoutExtension(folder);

    public RepositoryUrl Url => RepositoryUrl.Parse("file://" + folder);

    public RepositoryId Id => RepositoryId.FromUrl(Url);

    public string Folder => folder;

    public IReadOnlyList<TriggerName> Triggers { get; } = [.. Enumerable.Range(1, triggers).Select(number => TriggerName.Parse($"job-{number}"))];

    /// <summary>Commits this schedule to both branches, as a push that has arrived.</summary>
    /// <returns>The commits before and after.</returns>
    public (string Before, string After) Schedule(string schedule)
    {
        if (!Directory.Exists(folder))
            Git.Repository.Init(folder, isBare: true);
        using var git = new Git.Repository(folder);
        var before = git.Refs[Branches[0]]?.TargetIdentifier;
        var tree = new Git.TreeDefinition();
        foreach (var trigger in Triggers)
        {
            Put(git, tree, $"{trigger}/Dockerfile", Dockerfile);
            Put(git, tree, $"{trigger}/trigger.yaml", Manifest(schedule, trigger.Value));
        }
        var author = new Git.Signature("A Developer", "developer@example.com", DateTimeOffset.UtcNow);
        var parents = before is null ? [] : new[] { (Git.Commit)git.Lookup(new Git.ObjectId(before)) };
        var commit = git.ObjectDatabase.CreateCommit(author, author, $"Run at {schedule}", git.ObjectDatabase.CreateTree(tree), parents, prettifyMessage: true);
        foreach (var branch in Branches)
            git.Refs.Add(branch, commit.Id, allowOverwrite: true);
        return (before ?? new string('0', 40), commit.Sha);
    }

    private static void Put(Git.Repository git, Git.TreeDefinition tree, string path, string content)
    {
        using var bytes = new MemoryStream(Encoding.UTF8.GetBytes(content));
        tree.Add(path, git.ObjectDatabase.CreateBlob(bytes), Git.Mode.NonExecutableFile);
    }

    private static string Manifest(string schedule, string name) => $$"""
        apiVersion: triggers.gitops/v1
        kind: ScheduledTrigger
        name: {{name}}
        run:
          env: { LOG_LEVEL: info, TOKEN: { secret: job, key: token } }
          resources: { cpu: 100m, memory: 64Mi }
        environments:
          dev: { schedule: "{{schedule}}", timeZone: Europe/Oslo }
          prod: { schedule: "{{schedule}}", timeZone: Europe/Oslo }
        """;
}
