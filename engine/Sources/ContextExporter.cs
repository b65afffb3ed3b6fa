using GitOps.Triggers.Domain;
using Git = LibGit2Sharp;

namespace GitOps.Triggers.Sources;

/// <summary>Writes a build's inputs to a fresh folder for a builder.</summary>
internal sealed class ContextExporter(GitMirrors mirrors, EngineConfiguration configuration)
{
    /// <param name="repository">Where the inputs are from.</param>
    /// <param name="inputs">What was hashed.</param>
    /// <param name="folder">Must not exist; it is removed again unless the result is Done. Only the engine's user can enter it.</param>
    /// <param name="ct">Looked at before each file.</param>
    public Task<StageResult<ExportedContext>> ExportAsync(ConnectedRepository repository, BuildInputs inputs, string folder, CancellationToken ct) =>
        mirrors.ReadAsync(repository, git => Export(git, inputs, folder, ct), ct);

    private StageResult<ExportedContext> Export(Git.Repository git, BuildInputs inputs, string folder, CancellationToken ct)
    {
        var reader = new BuildContextReader(git, inputs.Spec.Dockerfile, inputs.Spec, configuration.Limits, mustSetUser: false);
        return reader.Read(inputs.Commit, ct).Select(context =>
        {
            if (InputHasher.Hash(context, BuildPlatform.Current) != inputs.Hash)
                throw new InvalidOperationException($"the inputs of commit {inputs.Commit.Short} do not have the hash {inputs.Hash.Short} that was asked for.");
            return Write(git, context, folder, ct);
        });
    }

    private static ExportedContext Write(Git.Repository git, BuildContext context, string folder, CancellationToken ct)
    {
        if (Path.Exists(folder))
            throw new IOException($"{folder} exists already.");
        var writer = new ContextWriter(git, folder);
        try
        {
            return writer.Write(context, ct);
        }
        catch
        {
            writer.Remove();
            throw;
        }
    }
}
