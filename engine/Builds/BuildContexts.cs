using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Builds;

/// <summary>
/// The contexts that builds on a cluster may fetch, each by a token that is good until its build has it. Only a token's hash is kept, in a file, so that the
/// next engine can deliver to a build whose engine was stopped meanwhile; the file goes when Kaniko was seen to begin, since only then it is known that
/// what was sent has arrived.
/// </summary>
internal sealed class BuildContexts(EngineConfiguration configuration)
{
    private static readonly TimeSpan LongestBuild = TimeSpan.FromDays(1);

    private readonly ConcurrentDictionary<string, string> offered = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> underWay = new(StringComparer.Ordinal);
    private readonly string folder = Path.Combine(Path.GetFullPath(configuration.DataFolder), "work", "contexts");

    /// <param name="build">The name of its Job.</param>
    /// <param name="archive">What is delivered.</param>
    /// <returns>Withdraws the offer.</returns>
    public IDisposable Offer(string build, string archive)
    {
        offered[build] = archive;
        return new Withdrawal(() => offered.TryRemove(build, out _));
    }

    /// <summary>Whether somebody in this engine works on the build.</summary>
    public bool IsOffered(string build) => offered.ContainsKey(build);

    /// <summary>
    /// A new token beside those that were made for the build before. Kept before it is handed out: whichever of them reached the cluster, it is known.
    /// </summary>
    public string NewToken(string build)
    {
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.AppendAllLines(FileOf(build), [HashOf(Encoding.ASCII.GetBytes(token))]);
        return token;
    }

    /// <returns>None when the token is not good for this build, or not any more, or is being used right now.</returns>
    public ContextDelivery? Begin(string build, ReadOnlySpan<byte> token)
    {
        var hash = Encoding.ASCII.GetBytes(HashOf(token));
        if (!offered.TryGetValue(build, out var archive) || !underWay.TryAdd(build, true))
            return null;
        if (Known(build).Count(known => CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(known), hash)) > 0)
            return new ContextDelivery(archive, () => underWay.TryRemove(build, out _));
        underWay.TryRemove(build, out _);
        return null;
    }

    /// <summary>No token for this build is good any more.</summary>
    public void Forget(string build)
    {
        if (File.Exists(FileOf(build)))
            File.Delete(FileOf(build));
    }

    /// <summary>Forgets what was left by builds that cannot be running any more.</summary>
    public void Sweep(DateTimeOffset now)
    {
        foreach (var file in new DirectoryInfo(folder) is { Exists: true } there ? there.GetFiles() : [])
        {
            if (now - file.LastWriteTimeUtc > LongestBuild)
                file.Delete();
        }
    }

    private string[] Known(string build) => File.Exists(FileOf(build)) ? File.ReadAllLines(FileOf(build)) : [];

    /// <summary>Only called for a build that is offered, or under the name that the engine gave: never with what a request says.</summary>
    private string FileOf(string build) => Path.Combine(folder, build);

    private static string HashOf(ReadOnlySpan<byte> token) => Convert.ToHexStringLower(SHA256.HashData(token));

    private sealed class Withdrawal(Action withdraw) : IDisposable
    {
        public void Dispose() => withdraw();
    }
}
