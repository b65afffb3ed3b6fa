using System.Globalization;
using GitOps.Triggers.Domain;
using Git = LibGit2Sharp;

namespace GitOps.Triggers.Sources;

/// <summary>
/// Finds the manifests in a tree. A folder that stands in many places is looked through once, since git gives equal folders
/// one id: a tree that unfolds to billions of paths costs no more than the few folders it is made of.
/// </summary>
internal sealed class ManifestSearch(Git.Repository git, Limits limits, CancellationToken ct)
{
    public const string FileName = "trigger.yaml";

    private const int DeepestFolder = 100;

    private readonly Dictionary<Git.ObjectId, bool> holdsManifest = [];
    private readonly List<ManifestFile> manifests = [];
    private readonly List<Finding> findings = [];
    private bool passedOver;

    public IReadOnlyList<ManifestFile> Manifests => manifests;

    public IReadOnlyList<Finding> Findings => findings;

    /// <summary>A folder may have the name as well; it is not one.</summary>
    public static bool IsManifest(Git.TreeEntry entry) => entry.Name == FileName && entry.TargetType == Git.TreeEntryTargetType.Blob;

    public void Run(Git.Tree root)
    {
        if (HoldsManifest(root, depth: 0))
            Collect(root, folder: "", depth: 0);
        if (findings.Count > limits.ManifestsPerRepository)
            findings.Add(Unread(FileName, "so many cannot be read that those after them are not looked at.", "Mend the others first."));
        if (passedOver)
            findings.Add(Unread(FileName, $"there are folders more than {Number(DeepestFolder)} deep, or with too many entries, which are not searched.", "Move the manifests in them further up."));
    }

    private bool HoldsManifest(Git.Tree tree, int depth)
    {
        if (holdsManifest.TryGetValue(tree.Id, out var known))
            return known;
        ct.ThrowIfCancellationRequested();
        if (depth > DeepestFolder || !CommitObject.MayOpen(git, tree.Id))
        {
            passedOver = true;
            return false;
        }
        var found = false;
        foreach (var entry in tree)
            found |= entry.Name == FileName || (entry.TargetType == Git.TreeEntryTargetType.Tree && HoldsManifest((Git.Tree)entry.Target, depth + 1));
        return holdsManifest[tree.Id] = found;
    }

    private void Collect(Git.Tree tree, string folder, int depth)
    {
        var doubled = DoubledName.In(tree);
        foreach (var entry in tree)
        {
            // One more than are used, so that whoever uses them sees that there are more.
            if (manifests.Count > limits.ManifestsPerRepository || findings.Count > limits.ManifestsPerRepository)
                return;
            var isFolder = entry.TargetType == Git.TreeEntryTargetType.Tree && holdsManifest.GetValueOrDefault(entry.Target.Id);
            if (doubled.Contains(entry.Name) && (isFolder || entry.Name == FileName))
                RefuseDoubled(folder + entry.Name);
            else if (entry.Name == FileName)
                Add(entry, folder + FileName);
            else if (isFolder)
                Enter(entry, folder, depth);
        }
    }

    /// <summary>Once for both.</summary>
    private void RefuseDoubled(string path)
    {
        var finding = Unread(path, $"it is not read: {DoubledName.Refusal}.", DoubledName.Fix);
        if (!findings.Contains(finding))
            findings.Add(finding);
    }

    private void Enter(Git.TreeEntry entry, string folder, int depth)
    {
        if (EntryName.Refusal(entry.Name) is { } refusal)
            findings.Add(Unread(folder + entry.Name, $"the folder is not searched: {refusal}.", "Rename it."));
        else if (depth < DeepestFolder)
            Collect((Git.Tree)entry.Target, $"{folder}{entry.Name}/", depth + 1);
    }

    private void Add(Git.TreeEntry entry, string path)
    {
        if (!EntryKind.IsFile(entry))
        {
            findings.Add(Unread(path, $"it is {EntryKind.Named(entry)}, not a file.", "Write the manifest itself at this path."));
            return;
        }
        if (BlobContent.Size(git, entry) is not { } size)
            findings.Add(Unread(path, $"{BlobContent.NotOne}.", BlobContent.NotOneFix));
        else if (size > limits.ManifestBytes)
            findings.Add(Unread(path, $"it has {Number(size)} bytes; the limit is {Number(limits.ManifestBytes)}.", "Shorten it. Programs and data belong in files beside it."));
        else
            manifests.Add(new ManifestFile(path, BlobContent.Read(entry)));
    }

    private static Finding Unread(string path, string message, string fix) => new() { File = Shown.Text(path, 1000), Message = message, Fix = fix };

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
