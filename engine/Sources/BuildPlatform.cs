using System.Runtime.InteropServices;

namespace GitOps.Triggers.Sources;

internal static class BuildPlatform
{
    /// <summary>What a build on this machine is for, as Docker names it. Images of one platform are none for another.</summary>
    public static string Current { get; } = "linux/" + RuntimeInformation.OSArchitecture switch
    {
        Architecture.X64 => "amd64",
        var other => other.ToString().ToLowerInvariant(),
    };
}
