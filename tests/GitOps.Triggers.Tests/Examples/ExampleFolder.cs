namespace GitOps.Triggers.Tests.Examples;

/// <summary>The folder of this repository that holds the examples.</summary>
internal static class ExampleFolder
{
    public static string Repository { get; } = FindRepository();

    public static string All => Path.Combine(Repository, "examples");

    public static string Of(string example) => Path.Combine(All, example);

    private static string FindRepository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "GitOps.Triggers.sln")))
            folder = Path.GetDirectoryName(folder)
                ?? throw new InvalidOperationException($"{AppContext.BaseDirectory} is not inside the repository");
        return folder;
    }
}
