using System.Text.RegularExpressions;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Runs;

/// <summary>
/// The secrets and the configuration of an environment, as files: <c>environments/&lt;environment&gt;/&lt;repository&gt;/secrets/&lt;name&gt;/&lt;key&gt;</c>,
/// or <c>config</c> in place of <c>secrets</c>. Each repository has its own folder, so that none can name another's. Read anew at each start.
/// </summary>
internal sealed partial class EnvironmentSources(EngineConfiguration configuration)
{
    /// <summary>As Kubernetes limits a Secret.</summary>
    private const int Largest = 1 << 20;

    /// <param name="source">What the template names.</param>
    /// <param name="environment">Where the run is.</param>
    /// <param name="repository">The repository's slug.</param>
    /// <param name="ct">Ends the reading.</param>
    /// <exception cref="SourceException">It is not there, or may not be read.</exception>
    public async Task<byte[]> ReadAsync(KeySource source, EnvironmentName environment, string repository, CancellationToken ct)
    {
        if (!NamePattern().IsMatch(source.Name) || !KeyPattern().IsMatch(source.Key) || source.Key is "." or "..")
            throw new SourceException($"The {source} cannot be named so: names are lower-case letters, digits, dots and dashes, keys letters, digits, dots, dashes and underscores.");
        var root = Path.Combine(configuration.DataFolder, "environments", environment.Value, repository);
        var folder = Path.Combine(root, source.Kind == KeySourceKind.Secret ? "secrets" : "config", source.Name);
        var file = new FileInfo(Path.Combine(folder, source.Key));
        if (!file.Exists)
            throw new SourceException($"The {source} is not set in {environment}: write its value into {file.FullName}.");
        if (!RealPath.IsInside(root, file.FullName))
            throw new SourceException($"The {source} in {environment} leads out of {root}: put the file itself there, not a link.");
        try
        {
            if (file.Length > Largest)
                throw new SourceException($"The {source} in {environment} has {file.Length} bytes; at most {Largest} are read.");
            return await File.ReadAllBytesAsync(file.FullName, ct);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SourceException($"The {source} in {environment} cannot be read: {e.Message}");
        }
    }

    [GeneratedRegex(@"\A[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?\z", RegexOptions.NonBacktracking)]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"\A[A-Za-z0-9._-]{1,253}\z", RegexOptions.NonBacktracking)]
    private static partial Regex KeyPattern();
}
