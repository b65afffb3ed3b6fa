using System.Formats.Tar;

namespace GitOps.Triggers.Containers;

/// <summary>The smallest image there is to try a container with: Debian's static busybox and nothing else.</summary>
internal static class ProbeImage
{
    public const string Name = "localhost/gitops-triggers/probe:latest";

    /// <summary>Where the program stands in it.</summary>
    public const string Program = "/bin/busybox";

    /// <summary>Makes it when it is not there yet. False when this machine has no busybox to make it of.</summary>
    /// <exception cref="ContainerException">The engine cannot store it.</exception>
    public static async Task<bool> EnsureAsync(ContainerEngine engine, CancellationToken ct)
    {
        if (await engine.FindImageAsync(Name, ct).ConfigureAwait(false) is not null)
            return true;
        if (!File.Exists(Program))
            return false;
        var archive = Path.GetTempFileName();
        try
        {
            Write(archive);
            await engine.ImportAsync(archive, Name, ct).ConfigureAwait(false);
            return true;
        }
        finally
        {
            File.Delete(archive);
        }
    }

    private static void Write(string archive)
    {
        using var tar = new TarWriter(File.Create(archive));
        using var program = File.OpenRead(Program);
        tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, Program.TrimStart('/'))
        {
            DataStream = program,
            Mode = UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute,
        });
    }
}
