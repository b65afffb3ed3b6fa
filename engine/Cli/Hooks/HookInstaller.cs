namespace GitOps.Triggers.Cli;

/// <summary>Puts our hook into a bare repository on this disk, and takes it away again. A hook that is not ours is never touched.</summary>
internal sealed class HookInstaller(string repository)
{
    private const string HookName = "post-receive";
    private const string BesideName = "post-receive.gitops-triggers";

    private const UnixFileMode Executable =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    public async Task<HookResult> InstallAsync(string script, CancellationToken ct)
    {
        var (folder, problem) = await FolderAsync(ct);
        if (folder is null)
            return new HookResult(false, problem);
        Directory.CreateDirectory(folder);
        var hook = Path.Combine(folder, HookName);
        if (!IsForeign(hook))
        {
            Write(hook, script);
            return new HookResult(true, $"Installed the hook {hook}: a push is heard at once.");
        }
        var beside = Path.Combine(folder, BesideName);
        Write(beside, script);
        return new HookResult(false,
            $"""
            {hook} is not ours and was left as it is. To have a push heard at once, let it hand on the lines that it reads:
                updates=$(cat); printf '%s\n' "$updates" | '{beside}'
            Without that the engine finds a push at its next resync.
            """);
    }

    /// <summary>Takes away the hooks of ours that tell the engine at this address, and no other.</summary>
    /// <returns>The files that were removed.</returns>
    public async Task<IReadOnlyList<string>> RemoveAsync(string webhook, CancellationToken ct)
    {
        if ((await FolderAsync(ct)).Folder is not { } folder)
            return [];
        var ours = new[] { HookName, BesideName }.Select(name => Path.Combine(folder, name))
            .Where(hook => File.Exists(hook) && !IsForeign(hook) && HookScript.Tells(File.ReadAllText(hook), webhook))
            .ToList();
        ours.ForEach(File.Delete);
        return ours;
    }

    private async Task<(string? Folder, string Problem)> FolderAsync(CancellationToken ct)
    {
        if ((await Git.AskAsync(repository, ["rev-parse", "--is-bare-repository"], ct))?.Trim() != "true")
            return (null, $"No hook: {repository} is not a bare repository. The engine finds what is committed there at its next resync.");
        var folder = Path.GetFullPath((await Git.AskAsync(repository, ["rev-parse", "--git-path", "hooks"], ct))?.TrimEnd('\n') ?? "hooks", repository);
        // core.hooksPath may name a folder that other repositories share.
        return folder.StartsWith(Path.TrimEndingDirectorySeparator(Path.GetFullPath(repository)) + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? (folder, "")
            : (null, $"No hook: core.hooksPath sends this repository's hooks to {folder}, which is not its own. The engine finds a push at its next resync.");
    }

    private static bool IsForeign(string hook) => File.Exists(hook) && !File.ReadLines(hook).Take(3).Contains(HookScript.Marker);

    // Written aside and renamed: a push that comes in the meantime runs the old one or the new one, never half of one.
    private static void Write(string path, string script)
    {
        var aside = path + ".new";
        File.WriteAllText(aside, script);
        File.SetUnixFileMode(aside, Executable);
        File.Move(aside, path, overwrite: true);
    }
}
