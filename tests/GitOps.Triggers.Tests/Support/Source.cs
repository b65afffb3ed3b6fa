namespace GitOps.Triggers.Tests.Support;

/// <summary>The checkout that these tests were built from.</summary>
internal static class Source
{
    public static string Root { get; } = FindRoot();

    public static string File(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !System.IO.File.Exists(Path.Combine(folder.FullName, "GitOps.Triggers.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException("GitOps.Triggers.sln is in no folder above the tests.");
    }
}
