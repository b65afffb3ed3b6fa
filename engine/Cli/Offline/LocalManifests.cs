using GitOps.Triggers.Domain;
using GitOps.Triggers.Manifests;

namespace GitOps.Triggers.Cli;

/// <summary>The manifests of a working tree, read as the engine would read them.</summary>
internal sealed class LocalManifests
{
    // Three others: that all of them give the same minute by chance is less likely than 1 in 100,000.
    private static readonly RepositoryId[] Others = [RepositoryId.Parse("other-1"), RepositoryId.Parse("other-2"), RepositoryId.Parse("other-3")];

    private readonly ManifestContext context;

    private LocalManifests(Checkout checkout, IReadOnlyList<ManifestFile> files, ManifestContext context)
    {
        (Checkout, Files, this.context) = (checkout, files, context);
        Set = ManifestSet.Read(files, context);
    }

    public Checkout Checkout { get; }

    public IReadOnlyList<ManifestFile> Files { get; }

    public ManifestSet Set { get; }

    /// <param name="path">Absolute: a manifest, or a folder.</param>
    /// <param name="environments">Those of the engine, where it is known.</param>
    /// <param name="id">The repository's, where the engine has told it; else it is made of the remote 'origin'.</param>
    /// <param name="ct">Ends git, too.</param>
    /// <exception cref="CliException">There is nothing to read.</exception>
    public static async Task<LocalManifests> ReadAsync(string path, IReadOnlyCollection<EnvironmentName>? environments, RepositoryId? id, CancellationToken ct)
    {
        if (!Directory.Exists(path) && !File.Exists(path))
            throw CliException.Usage($"There is no {Shown.Text(path, 400)}.", "Give a trigger.yaml, or a folder that holds some.");
        var checkout = await Checkout.FindAsync(Directory.Exists(path) ? path : Path.GetDirectoryName(path)!, ct);
        var files = await WorkingTree.ReadAsync(checkout, path, ct);
        if (files.Count == 0)
            throw CliException.Usage($"There is no {WorkingTree.ManifestName} in or below {Shown.Text(path, 400)}.", "Write one with 'gitops-triggers init'.");
        return new LocalManifests(checkout, files, new ManifestContext { Repository = id ?? checkout.Id, RepositoryName = checkout.Name, KnownEnvironments = environments });
    }

    /// <summary>The schedule has an <c>H</c>: it differs from repository to repository.</summary>
    public bool IsSpread(TriggerManifest manifest, EnvironmentName environment) => manifest.Environments[environment].Schedule is { } schedule
        && Others.Any(other => ManifestReader.Read(Files.Single(file => file.Path == manifest.File), new ManifestContext
        {
            Repository = other,
            RepositoryName = context.RepositoryName,
        }).Manifest?.Environments[environment].Schedule != schedule);

    /// <summary>Refuses to go on with what the engine would refuse.</summary>
    /// <exception cref="CliException">There are errors.</exception>
    public LocalManifests RequireNoErrors() => Set.Findings.FirstOrDefault(finding => finding.Severity == Severity.Error) is { } first
        ? throw new CliException(ExitCode.Findings, first.ToString(), "See all of it: gitops-triggers lint")
        : this;
}
