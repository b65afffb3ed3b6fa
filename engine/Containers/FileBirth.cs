using System.Globalization;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Containers;

/// <summary>When a file came to be, asked of the <c>stat</c> command: on Linux, .NET gives the time of the last change for it.</summary>
internal static class FileBirth
{
    /// <returns>None when there is no such file, or its file system does not keep that time.</returns>
    public static async Task<DateTimeOffset?> OfAsync(string path, TimeProvider time, CancellationToken ct)
    {
        try
        {
            var outcome = await new ContainerCommand("stat", SecretMask.None, time).TryAsync(["--format=%.W", "--", path], ct).ConfigureAwait(false);
            return outcome.Succeeded && decimal.TryParse(outcome.Output, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds > 0
                ? DateTimeOffset.UnixEpoch.AddTicks((long)(seconds * TimeSpan.TicksPerSecond))
                : null;
        }
        catch (ContainerException)
        {
            return null;
        }
    }
}
