namespace GitOps.Triggers.Hosting;

/// <summary>The operator's files with secrets, as the check of the configuration looks at them.</summary>
internal static class SecretFiles
{
    /// <returns>None when the file cannot be read.</returns>
    public static string? ReadText(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
