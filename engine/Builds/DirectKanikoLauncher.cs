using System.Collections;
using GitOps.Triggers.Containers;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Builds;

/// <summary>
/// Runs the executor beside the engine, in the same container, and lets it push. Only where <see cref="DirectKanikoConditions"/> allow it; steps can then
/// read what the engine can, so that such a container is to hold nothing but one repository's push login.
/// </summary>
internal sealed class DirectKanikoLauncher(string executor, EngineConfiguration configuration, ISecretMask mask, TimeProvider time) : IKanikoLauncher
{
    /// <summary>What the executor itself needs. The engine's other variables, which may hold secrets, do not reach it.</summary>
    private static readonly string[] Kept = ["PATH", "HOME", "USER", "SSL_CERT_DIR", "SSL_CERT_FILE", "DOCKER_CONFIG"];

    public string Title => "kaniko (direct)";

    public async Task<StageResult<ImageReference>> BuildAsync(BuildRequest request, BuildTranscript transcript, CancellationToken ct)
    {
        using var work = WorkFolder.Create(configuration.DataFolder);
        var names = ImageNames.Of(request, configuration.Registry?.Prefix ?? throw new InvalidOperationException("Kaniko needs a registry where there is no store."));
        var digestFile = work.File("digest");
        var arguments = new KanikoArguments
        {
            Spec = request.Inputs.Spec,
            Hash = request.Inputs.Hash,
            Context = request.ContextFolder,
            Dockerfile = request.DockerfilePath,
            Destination = names.RegistryTag!,
            DigestFile = digestFile,
            Platform = request.Platform,
            IgnoredPaths = [Path.GetFullPath(configuration.DataFolder), request.ContextFolder, AppContext.BaseDirectory.TrimEnd('/')],
        };
        var command = new ContainerCommand(executor, mask, time) { Environment = Variables() };
        var exitCode = await command.StreamAsync(arguments.ToList(), transcript.Output, transcript.Error, ct).ConfigureAwait(false);
        if (exitCode != 0)
            return BuildFailures.Explain(FailedBuild.From(transcript, exitCode, request, configuration.Limits.BuildMemory));
        if (!LeftFile.HasContent(digestFile))
            return new StageResult<ImageReference>.Retry(null, "Kaniko ended well, but left no digest of its image: a step has changed the engine's own files.");
        // Judged by the exit code alone: Kaniko writes the file before it pushes.
        var digest = ImageDigest.Parse((await File.ReadAllTextAsync(digestFile, ct).ConfigureAwait(false)).Trim());
        return new StageResult<ImageReference>.Done(new ImageReference { Digest = digest, Repository = names.RegistryRepository });
    }

    private static Dictionary<string, string?> Variables() => Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
        .Select(variable => (string)variable.Key).Except(Kept, StringComparer.Ordinal)
        .ToDictionary(name => name, _ => (string?)null, StringComparer.Ordinal);
}
