using System.Text;
using GitOps.Triggers.Domain;
using Git = LibGit2Sharp;

namespace GitOps.Triggers.Sources;

/// <summary>Reads what a build is made from out of one commit; everything wrong with it at once.</summary>
/// <param name="git">Where the objects are.</param>
/// <param name="manifest">The path of the manifest, for findings about what it says.</param>
/// <param name="spec">What it says.</param>
/// <param name="limits">How much may be read.</param>
/// <param name="mustSetUser">The image may come to run on a cluster.</param>
internal sealed class BuildContextReader(Git.Repository git, string manifest, BuildSpec spec, Limits limits, bool mustSetUser)
{
    private const int DockerfileBytes = 256 << 10;
    private const int DockerIgnoreBytes = 64 << 10;

    private readonly ContextFindings findings = new();
    private readonly TreePath paths = new(git);

    public StageResult<BuildContext> Read(CommitSha commit, CancellationToken ct) => CommitObject.Open(git, commit) switch
    {
        StageResult<Git.Commit>.Done(var found) => Read(found.Tree, ct),
        var failed => failed.Select<Git.Commit, BuildContext>(_ => throw new InvalidOperationException("Done was handled.")),
    };

    private StageResult<BuildContext> Read(Git.Tree root, CancellationToken ct)
    {
        var (dockerfile, localBase) = ReadDockerfile(root);
        var entries = FindContext(root) is { } context && ReadDockerIgnore(root) is { } ignore ? Walk(context, ignore, ct) : [];
        return findings.Any
            ? new StageResult<BuildContext>.Rejected(findings.All)
            : new StageResult<BuildContext>.Done(new BuildContext { Spec = spec, DockerfileId = dockerfile, LocalBase = localBase, Entries = entries });
    }

    /// <returns>The id of its blob, and the image of this machine's store that it names, if any.</returns>
    private (string Id, LocalBase? Base) ReadDockerfile(Git.Tree root)
    {
        const string Fix = "Commit a Dockerfile there, or set build.dockerfile to its path.";
        if (!RepositoryPath.IsInside(spec.Dockerfile) || spec.Dockerfile.Length == 0)
        {
            findings.Add(manifest, $"the Dockerfile '{Shown.Text(spec.Dockerfile)}' is not inside the repository.", Fix, "build.dockerfile");
            return ("", null);
        }
        var (entry, missing, _) = paths.Find(root, spec.Dockerfile);
        if (entry is null)
            findings.Add(manifest, $"the Dockerfile cannot be read: {missing}.", Fix, "build.dockerfile");
        var text = entry is null ? null : ReadText(entry, spec.Dockerfile, DockerfileBytes);
        var dockerfile = text is null ? null : Dockerfile.Parse(text);
        if (dockerfile is not null)
            DockerfileCheck.Run(spec, manifest, dockerfile, mustSetUser).ToList().ForEach(findings.Add);
        return (entry?.Target.Sha ?? "", dockerfile is null ? null : LocalBases.Find(spec, dockerfile));
    }

    private Git.Tree? FindContext(Git.Tree root)
    {
        const string Fix = "Set build.context to a folder of the repository.";
        if (spec.Context.Length == 0)
            return root;
        var (entry, missing, _) = RepositoryPath.IsInside(spec.Context)
            ? paths.Find(root, spec.Context)
            : (null, $"'{Shown.Text(spec.Context)}' is not inside the repository", false);
        if (entry?.Target is Git.Tree tree)
            return tree;
        var why = entry is null ? missing : $"'{Shown.Text(spec.Context)}' is {EntryKind.Named(entry)}, not a folder";
        findings.Add(manifest, $"the build context cannot be read: {why}.", Fix, "build.context");
        return null;
    }

    /// <summary>The Dockerfile's own, else the context's, as Docker looks for it; none when it cannot be read.</summary>
    private DockerIgnore? ReadDockerIgnore(Git.Tree root)
    {
        foreach (var path in new[] { spec.Dockerfile + ".dockerignore", RepositoryPath.Join(spec.Context, ".dockerignore") })
        {
            if (!RepositoryPath.IsInside(path))
                continue;
            var (entry, missing, twice) = paths.Find(root, path);
            if (twice)
                findings.Add(path, $"cannot be read: {missing}.", DoubledName.Fix);
            if (entry is null && !twice)
                continue;
            if (entry is null || ReadText(entry, path, DockerIgnoreBytes) is not { } text)
                return null;
            var (ignore, wrong) = DockerIgnore.Parse(text);
            foreach (var (line, message) in wrong)
                findings.Add(path, message + ".", "Write a path pattern as Docker describes it, or take the line out.", line: line);
            return wrong.Count == 0 ? ignore : null;
        }
        return DockerIgnore.None;
    }

    private IReadOnlyList<ContextEntry> Walk(Git.Tree context, DockerIgnore ignore, CancellationToken ct)
    {
        var walk = new ContextWalk(git, spec.Context, ignore, limits, ct);
        var entries = walk.Run(context);
        findings.Add(walk.Findings);
        return entries;
    }

    private string? ReadText(Git.TreeEntry entry, string path, int limit)
    {
        if (!EntryKind.IsFile(entry))
        {
            findings.Add(path, $"it is {EntryKind.Named(entry)}, not a file.", "Commit the file itself at this path.");
            return null;
        }
        if (BlobContent.Size(git, entry) is not { } size)
            findings.Add(path, $"{BlobContent.NotOne}.", BlobContent.NotOneFix);
        else if (size > limit)
            findings.Add(path, $"it has {size} bytes; the limit is {limit}.", "Shorten it.");
        else if (BlobContent.IsLfsPointer(entry, size))
            findings.Add(path, "it is a Git LFS pointer, not the file's content.", "Commit the file without LFS.");
        else
            return Encoding.UTF8.GetString(BlobContent.Read(entry));
        return null;
    }
}
