using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Cli;

/// <summary>The files that hold secrets: there, readable, not empty, and nobody else's to read. Their content is never shown.</summary>
internal static class SecretChecks
{
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    public static IEnumerable<DoctorLine> Of(EngineConfiguration configuration) => Files(configuration).Select(file => Check(file.What, file.Path));

    private static IEnumerable<(string What, string Path)> Files(EngineConfiguration configuration)
    {
        foreach (var file in configuration.WebhookSecretFiles)
            yield return ("webhook secret", file);
        foreach (var repository in configuration.Repositories)
        {
            if (repository.TokenFile is { } token)
                yield return ("git token", token);
            if (repository.SshKeyFile is { } key)
                yield return ("ssh key", key);
        }
        if (configuration.Registry?.CredentialsFile is { } login)
            yield return ("registry login", login);
        if (configuration.GitHub is { } github)
            yield return ("GitHub App key", github.PrivateKeyFile);
    }

    private static DoctorLine Check(string what, string path)
    {
        var shown = Shown.Text(path, 400);
        try
        {
            if (File.ReadAllBytes(path).AsSpan().Trim(" \t\r\n"u8).IsEmpty)
                return DoctorLine.Fail(what, $"{shown} is empty.", "Write the secret into it.");
            return (File.GetUnixFileMode(path) & Others & ~UnixFileMode.GroupRead) == 0
                ? DoctorLine.Ok(what, shown)
                : DoctorLine.Warn(what, $"{shown} can be read or written by others on this machine.", $"chmod 600 {shown}");
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            return DoctorLine.Fail(what, $"There is no {shown}.", "Write the secret into it, readable for the engine's user only (chmod 600).");
        }
        catch (Exception failure) when (failure is UnauthorizedAccessException or IOException)
        {
            return DoctorLine.Fail(what, $"{shown} cannot be read: {failure.Message}", "Give it to the engine's user, and call doctor as that user.");
        }
    }
}
