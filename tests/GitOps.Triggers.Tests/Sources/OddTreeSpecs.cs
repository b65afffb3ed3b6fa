using GitOps.Triggers.Domain;
using GitOps.Triggers.Tests.Fuzzing;
using GitOps.Triggers.Tests.Support;
using Xunit;

namespace GitOps.Triggers.Tests.Sources;

/// <summary>Trees that no git writes and every git fetches. Taken for a damaged mirror, one would be cloned again at every pass.</summary>
public sealed class OddTreeSpecs
{
    private static readonly TreeNode Dockerfile = TreeNode.File("Dockerfile", "FROM a\nUSER 1\n");

    private static readonly TreeNode Folder = TreeNode.Folder("odd", TreeNode.File("a", "1"));

    public static TheoryData<string, string> Odd => new()
    {
        { "a mode of more bits than there are", "Run git fsck" },
        { "a submodule that may be executed", "a submodule" },
        { "a folder that is called a file", "its object holds none" },
        { "a manifest that is a folder and called a file", "its object holds none" },
        { "two Dockerfiles", "stands twice" },
        { "two manifests", "two entries of this name" },
    };

    [Theory]
    [Threat(13)]
    [MemberData(nameof(Odd))]
    public async Task What_only_a_tree_made_by_hand_holds_is_a_finding_and_no_damage_to_the_mirror(string kind, string said)
    {
        using var store = new TreeStore();
        using var host = new SourcesHost();
        var commit = store.Commit(Tree(kind, store));
        store.Repository.Refs.Add("refs/heads/main", commit.Value);
        var repository = GitRepository.Connect(RepositoryUrl.Parse("file://" + store.Repository.Info.Path.TrimEnd('/')));
        await host.HeadAsync(repository);

        var findings = await FindingsAsync(host, repository, commit);

        Assert.Contains(said, string.Join('\n', findings), StringComparison.Ordinal);
        Assert.True(Directory.Exists(host.MirrorOf(repository)));
    }

    private static IReadOnlyList<TreeNode> Tree(string kind, TreeStore store) => kind switch
    {
        "a mode of more bits than there are" => [Dockerfile, TreeNode.File("odd", "1", "777777")],
        "a submodule that may be executed" => [Dockerfile, TreeNode.File("odd", Bytes(store.Repository.ObjectDatabase.Write<LibGit2Sharp.Blob>("1"u8.ToArray())), "160755")],
        "a folder that is called a file" => [Dockerfile, Folder with { Mode = "100644" }],
        "a manifest that is a folder and called a file" => [Dockerfile, Folder with { Name = "trigger.yaml", Mode = "100644" }],
        "two Dockerfiles" => [Dockerfile, Dockerfile with { Content = "FROM b\nUSER 1\n" }],
        _ => [Dockerfile, TreeNode.File("trigger.yaml", "1"), TreeNode.File("trigger.yaml", "2")],
    };

    private static string Bytes(LibGit2Sharp.ObjectId id) => string.Concat(id.RawId.Select(one => (char)one));

    private static async Task<IReadOnlyList<Finding>> FindingsAsync(SourcesHost host, ConnectedRepository repository, CommitSha commit)
    {
        var ct = TestContext.Current.CancellationToken;
        var manifest = new TriggerManifest
        {
            File = "trigger.yaml",
            Name = TriggerName.Parse("job"),
            Build = new BuildSpec { Context = "", Dockerfile = "Dockerfile" },
            Environments = new Dictionary<EnvironmentName, EnvironmentSpec>(),
        };
        var snapshot = await host.Snapshots.ReadAsync(repository, commit, ct);
        var found = snapshot is StageResult<SourceSnapshot>.Done(var done) ? done.Findings : SourcesHost.Rejected(snapshot);
        var inputs = await host.Inputs.ReadAsync(repository, commit, manifest, ct);
        return [.. found, .. inputs is StageResult<BuildInputs>.Done ? [] : SourcesHost.Rejected(inputs)];
    }
}
