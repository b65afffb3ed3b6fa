using System.Text.Json;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Registries;

/// <summary>The engine's logins at registries. Read anew each time they are needed, so that a new password needs no restart; each is masked from then on.</summary>
internal sealed class CredentialsStore(RegistrySettings? settings, SecretVault secrets, Func<string, string?> variable, TimeProvider time)
{
    private readonly CredentialHelper helper = new(time);

    private IReadOnlyList<string> Files => settings?.CredentialsFile is { } named ? [named] : CredentialsPlaces.OfUser(variable);

    /// <summary>Where a login would have to stand, in words that follow "there is none in".</summary>
    public string Places => string.Join(", ", Files.Select(file => Shown.Text(file, 400)));

    /// <returns>None when nobody logged in.</returns>
    /// <exception cref="RegistryException">They cannot be read.</exception>
    public async Task<RegistryCredentials?> FindAsync(string host, string repository, CancellationToken ct)
    {
        foreach (var path in Files)
        {
            if (await FindInAsync(path, host, repository, ct) is not { } found)
                continue;
            foreach (var secret in found.Secrets)
                secrets.Learn($"{path} ({host})", secret);
            return found;
        }
        return null;
    }

    private async Task<RegistryCredentials?> FindInAsync(string path, string host, string repository, CancellationToken ct)
    {
        try
        {
            var file = CredentialsFile.Parse(path, await File.ReadAllTextAsync(path, ct));
            var program = file.HelperOf(host);
            if (program is null && file.Find(host, repository) is { } written)
                return written;
            return (program ?? file.Store(host)) is { } asked ? await helper.FindAsync(asked.Program, asked.Server, path, ct) : null;
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException && settings?.CredentialsFile is null)
        {
            return null;
        }
        catch (JsonException)
        {
            // What it says of the place may quote what stands there.
            throw Unreadable(path, "it is no docker config.json");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, failure.Message);
        }
    }

    private static RegistryException Unreadable(string path, string problem) => new(
        RegistryFailureKind.Configuration,
        $"The credentials for registries cannot be read from {Shown.Text(path, 400)}: {Shown.Text(problem, 400)}.",
        """Write it as 'docker login' does ({"auths":{"HOST":{"auth":"…"}}}), readable for the engine's user.""");
}
