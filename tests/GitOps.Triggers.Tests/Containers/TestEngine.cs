using System.Formats.Tar;
using GitOps.Triggers.Containers;
using GitOps.Triggers.Domain;
using Xunit;

namespace GitOps.Triggers.Tests.Containers;

/// <summary>This machine's container engine, and a base image for tests: busybox with links for its applets.</summary>
internal static class TestEngine
{
    public const string BaseImage = "localhost/gitops-triggers-tests/applets:latest";

    private static readonly string[] Applets = ["sh", "cat", "echo", "env", "id", "ls", "sleep", "true", "yes", "head", "printf", "kill", "tr", "date", "dd", "grep", "rm", "ln"];

    private static readonly ContainerEngineLocator Locator = Find(Environment.GetEnvironmentVariable(ContainerEngineLocator.Variable));

    private static readonly Lazy<Task<ProbeReport>> Probe = new(() => new ContainerProbe(Locator).TryAsync(CancellationToken.None));

    private static readonly Lazy<Task> Base = new(EnsureBaseAsync);

    public static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static ContainerEngineLocator Find(string? preferred) => new(preferred, SecretMask.None, TimeProvider.System);

    /// <summary>Skips the running test, with the reason, where no engine runs containers.</summary>
    public static async Task<ContainerEngineLocator> RequireAsync()
    {
        var probe = await Probe.Value;
        Assert.SkipUnless(probe.Verdict == ProbeVerdict.Works, probe.Summary);
        return Locator;
    }

    /// <summary>As above, with <see cref="BaseImage"/> in the store.</summary>
    public static async Task<ContainerEngineLocator> RequireWithBaseAsync()
    {
        var locator = await RequireAsync();
        Assert.SkipUnless(File.Exists(ProbeImage.Program), "the base image is made of busybox: install the package busybox-static");
        await Base.Value;
        return locator;
    }

    private static async Task EnsureBaseAsync()
    {
        var engine = await Locator.RequireAsync(CancellationToken.None);
        if (await engine.FindImageAsync(BaseImage, CancellationToken.None) is not null)
            return;
        var archive = Path.GetTempFileName();
        Write(archive);
        await engine.ImportAsync(archive, BaseImage, CancellationToken.None);
        File.Delete(archive);
    }

    private static void Write(string archive)
    {
        using var tar = new TarWriter(File.Create(archive));
        using var busybox = File.OpenRead(ProbeImage.Program);
        tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "bin/busybox") { DataStream = busybox, Mode = (UnixFileMode)0b111_101_101 });
        foreach (var applet in Applets)
            tar.WriteEntry(new PaxTarEntry(TarEntryType.SymbolicLink, "bin/" + applet) { LinkName = "busybox" });
        tar.WriteEntry(new PaxTarEntry(TarEntryType.Directory, "tmp/") { Mode = (UnixFileMode)0b111_111_111 });
    }
}
