using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Hosting;

/// <summary>The secrets that the operator's files hold, for the mask of everything that is written.</summary>
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

    public static SecretMask Mask(EngineConfiguration configuration) => SecretMask.Of(
        configuration.WebhookSecretFiles
            .Concat(configuration.Repositories.Select(repository => repository.TokenFile))
            .Append(configuration.GitHub?.PrivateKeyFile)
            .OfType<string>()
            .Select(file => ReadText(file)?.Trim())
            .OfType<string>());
}
