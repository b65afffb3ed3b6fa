using System.Text;
using GitOps.Triggers.Domain;
using Git = LibGit2Sharp;

namespace GitOps.Triggers.Benchmarks;

/// <summary>A bare repository on disk whose two branches are always the same.</summary>
/// <param name="folder">Where it is.</param>
/// <param name="triggers">How many triggers it holds, each in a folder of its own, all built from the same.</param>
/// <param name="name">By which it is connected; none: its folder's.</param>
/// <param name="branch">The one beside <c>main</c>.</param>
internal sealed class SourceRepository(string folder, int triggers = 1, string? name = null, string branch = "prod")
{
    private const string Prod = "prod";

    private readonly string[] branches = ["refs/heads/main", $"refs/heads/{branch}"];

    private const string Dockerfile = """
        FROM scratch
        COPY . /
        USER 65532:65532

        """;

    public string Name => name ?? Path.GetFileNameWithoutExtension(folder);

    public RepositoryUrl Url => RepositoryUrl.Parse("file://" + folder);

    public RepositoryId Id => RepositoryId.FromUrl(Url);

    public string Folder => folder;

    public IReadOnlyList<TriggerName> Triggers { get; } = [.. Enumerable.Range(1, triggers).Select(number => TriggerName.Parse($"job-{number}"))];

    /// <summary>Commits this schedule to its branches, as a push that has arrived.</summary>
    /// <returns>The commits before and after.</returns>
    public (string Before, string After) Schedule(string schedule)
    {
        if (!Directory.Exists(folder))
            Git.Repository.Init(folder, isBare: true);
        using var git = new Git.Repository(folder);
        var before = git.Refs[branches[0]]?.TargetIdentifier;
        var tree = new Git.TreeDefinition();
        foreach (var trigger in Triggers)
        {
            Put(git, tree, $"{trigger}/Dockerfile", Dockerfile);
            Put(git, tree, $"{trigger}/trigger.yaml", Manifest(trigger, schedule));
        }
        var author = new Git.Signature("A Developer", "developer@example.com", DateTimeOffset.UtcNow);
        var parents = before is null ? [] : new[] { (Git.Commit)git.Lookup(new Git.ObjectId(before)) };
        var commit = git.ObjectDatabase.CreateCommit(author, author, $"Run at {schedule}", git.ObjectDatabase.CreateTree(tree), parents, prettifyMessage: true);
        foreach (var reference in branches)
            git.Refs.Add(reference, commit.Id, allowOverwrite: true);
        return (before ?? new string('0', 40), commit.Sha);
    }

    private static void Put(Git.Repository git, Git.TreeDefinition tree, string path, string content)
    {
        using var bytes = new MemoryStream(Encoding.UTF8.GetBytes(content));
        tree.Add(path, git.ObjectDatabase.CreateBlob(bytes), Git.Mode.NonExecutableFile);
    }

    /// <summary>A manifest with that schedule in <c>dev</c>, and in <c>prod</c> where there is a branch for it.</summary>
    public string Manifest(TriggerName trigger, string schedule) => $$"""
        apiVersion: triggers.gitops/v1
        kind: ScheduledTrigger
        name: {{trigger}}
        run:
          env: { LOG_LEVEL: info, TOKEN: { secret: job, key: token } }
          resources: { cpu: 100m, memory: 64Mi }
        environments:
        {{string.Join('\n', (branch == Prod ? ["dev", Prod] : (string[])["dev"]).Select(environment => $"  {environment}: {{ schedule: \"{schedule}\", timeZone: Europe/Oslo }}"))}}
        """;
}
