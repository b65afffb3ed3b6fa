using System.Formats.Tar;
using System.Security.Cryptography;

namespace GitOps.Triggers.Builds;

/// <summary>
/// A build's context as one tar file, the same bytes for the same content: sorted, without times and owners, and in the GNU form, since the other one that
/// takes long names writes the number of the process. Beside the context stands the Dockerfile, where
/// that is not part of it.
/// </summary>
internal static class ContextArchive
{
    public const string ContextFolder = "context";

    private const string DockerfileBeside = "Dockerfile";

    /// <summary>The Dockerfile's path in the archive.</summary>
    public static string DockerfileOf(BuildRequest request) => request.DockerfileInContext is { } path ? $"{ContextFolder}/{path}" : DockerfileBeside;

    /// <returns>The file's sha256, in hexadecimal digits.</returns>
    public static async Task<string> WriteAsync(BuildRequest request, string file, CancellationToken ct)
    {
        await using (var stream = new FileStream(file, FileMode.CreateNew, FileAccess.Write))
        await using (var tar = new TarWriter(stream, TarEntryFormat.Gnu))
        {
            await AddFolderAsync(tar, new DirectoryInfo(request.ContextFolder), ContextFolder, ct).ConfigureAwait(false);
            if (request.DockerfileInContext is null)
                await AddAsync(tar, new FileInfo(request.DockerfilePath), DockerfileBeside, ct).ConfigureAwait(false);
            if (request.DockerfileInContext is null && request.DockerignorePath is { } ignore)
                await AddAsync(tar, new FileInfo(ignore), DockerfileBeside + ".dockerignore", ct).ConfigureAwait(false);
        }
        await using var written = File.OpenRead(file);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(written, ct).ConfigureAwait(false));
    }

    private static async Task AddFolderAsync(TarWriter tar, DirectoryInfo folder, string name, CancellationToken ct)
    {
        await AddAsync(tar, folder, name + "/", ct).ConfigureAwait(false);
        foreach (var one in folder.EnumerateFileSystemInfos().OrderBy(one => one.Name, StringComparer.Ordinal))
        {
            if (one is DirectoryInfo { LinkTarget: null } inner)
                await AddFolderAsync(tar, inner, $"{name}/{one.Name}", ct).ConfigureAwait(false);
            else
                await AddAsync(tar, one, $"{name}/{one.Name}", ct).ConfigureAwait(false);
        }
    }

    private static async Task AddAsync(TarWriter tar, FileSystemInfo one, string name, CancellationToken ct)
    {
        var type = one.LinkTarget is not null ? TarEntryType.SymbolicLink : one is DirectoryInfo ? TarEntryType.Directory : TarEntryType.RegularFile;
        var entry = new GnuTarEntry(type, name) { ModificationTime = DateTimeOffset.UnixEpoch };
        if (type == TarEntryType.SymbolicLink)
            entry.LinkName = one.LinkTarget!;
        else
            entry.Mode = one.UnixFileMode;
        if (type == TarEntryType.RegularFile)
            entry.DataStream = File.OpenRead(one.FullName);
        await using (entry.DataStream)
            await tar.WriteEntryAsync(entry, ct).ConfigureAwait(false);
    }
}
