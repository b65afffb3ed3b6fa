using GitOps.Triggers.Domain;
using GitOps.Triggers.Sources;
using GitOps.Triggers.Storage;
using GitOps.Triggers.Tests.Registries;
using Git = LibGit2Sharp;

namespace GitOps.Triggers.Benchmarks;

/// <summary>Writes into an engine's database, before its start, that everything has been built, and lets a registry hold it: no figure is about builds.</summary>
internal static class BuiltImages
{
    public static async Task StoreAsync(string dataFolder, RegistryServer registry, IReadOnlyList<SourceRepository> repositories)
    {
        var database = new Database(dataFolder);
        await database.OpenAsync(CancellationToken.None);
        await using var context = database.CreateDbContext();
        foreach (var repository in repositories)
            context.Builds.AddRange(Builds(registry, repository));
        await context.SaveChangesAsync();
    }

    private static IEnumerable<BuildRecord> Builds(RegistryServer registry, SourceRepository repository)
    {
        using var git = new Git.Repository(repository.Folder);
        var commit = CommitSha.Parse(git.Refs["refs/heads/main"].TargetIdentifier);
        foreach (var trigger in repository.Triggers)
        {
            var spec = new BuildSpec { Context = trigger.Value, Dockerfile = $"{trigger}/Dockerfile" };
            var read = new BuildContextReader(git, $"{trigger}/trigger.yaml", spec, new Limits(), mustSetUser: true).Read(commit, CancellationToken.None);
            var inputs = (StageResult<BuildContext>.Done)read;
            yield return new BuildRecord
            {
                Repository = repository.Id,
                Trigger = trigger,
                Environment = EnvironmentName.Parse("dev"),
                Hash = InputHasher.Hash(inputs.Value, BuildPlatform.Current),
                Commit = commit,
                State = BuildState.Succeeded,
                Builder = "benchmark",
                StartedAt = DateTimeOffset.UtcNow,
                FinishedAt = DateTimeOffset.UtcNow,
                Image = registry.Hold($"triggers/{repository.Name}/{trigger}"),
            };
        }
    }
}
