using GitOps.Triggers.Cli;

namespace GitOps.Triggers.Hosting;

/// <summary>The engine's data, taken by one engine at a time: two on the same data would start every run twice.</summary>
internal sealed class DataFolder : IDisposable
{
    private const UnixFileMode OwnersFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnersFolder = OwnersFile | UnixFileMode.UserExecute;

    // The numbers of these failures, EROFS and ENOSPC, which are the same on every system that the engine runs on.
    private const int ReadOnlyDisk = 30;
    private const int FullDisk = 28;

    private readonly FileStream held;

    private DataFolder(FileStream held) => this.held = held;

    /// <exception cref="CliException">Another engine has it, or it cannot be written.</exception>
    public static DataFolder Take(string path)
    {
        try
        {
            Directory.CreateDirectory(path, OwnersFolder);
            return new DataFolder(new FileStream(
                Path.Combine(path, "engine.lock"),
                new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None, UnixCreateMode = OwnersFile }));
        }
        catch (UnauthorizedAccessException refused)
        {
            throw CliException.Environment($"The data folder {path} cannot be written: {refused.Message}", "Let the engine's user own it, or name another one under data: in the configuration.");
        }
        catch (IOException refused) when (refused.HResult is ReadOnlyDisk or FullDisk)
        {
            throw CliException.Environment($"The data folder {path} cannot be written: {refused.Message}", "Make its disk writable, or room on it, or name another folder under data: in the configuration.");
        }
        catch (IOException taken)
        {
            throw CliException.Environment($"The data folder {path} cannot be taken: {taken.Message}", "Is another engine running on it? Stop that one, or give this one its own data: folder.");
        }
    }

    public void Dispose() => held.Dispose();
}
