using System.Runtime.CompilerServices;
using CliWrap.Buffered;

namespace GitOps.Triggers.Benchmarks;

/// <summary>What is in <c>peers/</c>: the servers of others, and the payload that all get.</summary>
internal static class Peers
{
    public static string File(string name) => Path.Combine(Folder(), "peers", name);

    /// <summary>Brings the packages of the lock file, and writes the payload.</summary>
    public static async Task PrepareAsync(string payload)
    {
        await CliWrap.Cli.Wrap("npm").WithArguments(["ci", "--no-audit", "--no-fund", "--prefix", File("")]).ExecuteBufferedAsync();
        var push = await CliWrap.Cli.Wrap("node").WithArguments([File("push.js")]).ExecuteBufferedAsync();
        await System.IO.File.WriteAllTextAsync(payload, push.StandardOutput);
    }

    private static string Folder([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;
}
