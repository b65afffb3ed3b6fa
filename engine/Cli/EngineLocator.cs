using GitOps.Triggers.Domain;
using GitOps.Triggers.Manifests;
using GitOps.Triggers.Web;

namespace GitOps.Triggers.Cli;

/// <summary>Finds the engine that a command talks to, and its token.</summary>
internal sealed class EngineLocator(Shell shell)
{
    /// <exception cref="CliException">Nothing says where the engine is, or its token cannot be read.</exception>
    public EngineAddress Find(string? configFile, Uri? engine, string? tokenFile)
    {
        if (engine is not null && tokenFile is not null)
            return new EngineAddress(engine, ReadToken(shell.FullPath(tokenFile)));
        var configuration = new ConfigFile(shell).Read(configFile);
        // Whose data folder is here is here itself: what leads to its public address may let webhooks through alone.
        var own = tokenFile is null ? AddressReader.Reachable(configuration.Listen) : configuration.Url;
        return new EngineAddress(
            engine ?? own,
            ReadToken(tokenFile is null ? ApiToken.FileIn(configuration.DataFolder) : shell.FullPath(tokenFile)));
    }

    private static string ReadToken(string file)
    {
        try
        {
            var token = File.ReadAllText(file).Trim();
            return token.Length > 0 && token.All(char.IsAsciiLetterOrDigit)
                ? token
                : throw CliException.Environment($"{Shown.Text(file, 400)} holds no token.", "The engine's is in the file 'token' of its data folder.");
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            throw CliException.Environment($"There is no token in {Shown.Text(file, 400)}.", "The engine makes it when it starts: 'gitops-triggers serve'. Another place: --token-file.");
        }
        catch (Exception failure) when (failure is UnauthorizedAccessException or IOException)
        {
            throw CliException.Environment($"The token in {Shown.Text(file, 400)} cannot be read: {failure.Message}", "Who may read that file may use the engine: run this as the engine's user.");
        }
    }
}
