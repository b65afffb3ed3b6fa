using System.Text;
using Git = LibGit2Sharp;

namespace GitOps.Triggers.Sources;

/// <summary>
/// Writes entries as files. Links come last, so that nothing is ever written through one, and every time is the same,
/// so that equal inputs give equal layers.
/// </summary>
internal sealed class ContextWriter(Git.Repository git, string folder)
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Executable = Readable | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Late enough for tools that know no date before 1980.</summary>
    private static readonly DateTime Time = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly string contextFolder = Path.Combine(folder, "context");

    public ExportedContext Write(BuildContext context, CancellationToken ct)
    {
        Directory.CreateDirectory(folder, Private);
        var dockerfile = Path.Combine(folder, "Dockerfile");
        WriteBlob(context.DockerfileId, dockerfile, Readable);
        File.WriteAllText(dockerfile + ".dockerignore", "# The context beside this file holds only what the build may see.\n");
        var folders = MakeFolders(context);
        foreach (var entry in context.Entries.OrderBy(entry => entry.Kind == ContextEntryKind.Link))
        {
            ct.ThrowIfCancellationRequested();
            WriteEntry(entry, Path.Combine(contextFolder, entry.Path));
        }
        foreach (var made in folders)
            Directory.SetLastWriteTimeUtc(made, Time);
        return new ExportedContext(folder, contextFolder, dockerfile);
    }

    public void Remove()
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    /// <returns>All folders of the context, the innermost first.</returns>
    private List<string> MakeFolders(BuildContext context)
    {
        var folders = new SortedSet<string>(StringComparer.Ordinal) { contextFolder };
        foreach (var entry in context.Entries)
        {
            var made = Path.Combine(contextFolder, entry.Path);
            if (entry.Kind != ContextEntryKind.EmptyFolder)
                made = Path.GetDirectoryName(made)!;
            for (; folders.Add(made); made = Path.GetDirectoryName(made)!)
            {
            }
        }
        foreach (var made in folders)
        {
            Directory.CreateDirectory(made);
            File.SetUnixFileMode(made, Executable);
        }
        return [.. folders.Reverse()];
    }

    private void WriteEntry(ContextEntry entry, string path)
    {
        switch (entry.Kind)
        {
            case ContextEntryKind.Link:
                File.CreateSymbolicLink(path, Text(entry.ObjectId));
                File.SetLastWriteTimeUtc(path, Time);
                break;
            case ContextEntryKind.File or ContextEntryKind.Executable:
                WriteBlob(entry.ObjectId, path, entry.Kind == ContextEntryKind.File ? Readable : Executable);
                break;
        }
    }

    private void WriteBlob(string id, string path, UnixFileMode mode)
    {
        using (var content = Open(id))
        using (var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write }))
            content.CopyTo(file);
        File.SetUnixFileMode(path, mode);
        File.SetLastWriteTimeUtc(path, Time);
    }

    private string Text(string id)
    {
        using var content = new StreamReader(Open(id), Encoding.UTF8);
        return content.ReadToEnd();
    }

    private Stream Open(string id) => ((Git.Blob)git.Lookup(new Git.ObjectId(id))).GetContentStream();
}
