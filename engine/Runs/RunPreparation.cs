using System.Globalization;
using System.Text;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Rendering;
using GitOps.Triggers.Storage;

namespace GitOps.Triggers.Runs;

/// <summary>Gathers what a run's container is given, in a private folder that is there only while the attempt goes on.</summary>
internal sealed class RunPreparation(EnvironmentSources sources, RepositorySlugs slugs, EngineConfiguration configuration)
{
    private const UnixFileMode OwnerFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>The image's user is a stranger on this machine; the folder above keeps other strangers out.</summary>
    private const UnixFileMode MountedFile = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="SourceException">Something is missing or cannot be given to a container.</exception>
    public async Task<RunMaterial> GatherAsync(Attempt attempt, CancellationToken ct)
    {
        var repository = await slugs.OfAsync(attempt.Run.Repository, ct);
        var secrets = new List<string>();
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in attempt.Spec.Env)
            variables[name] = await ValueAsync(name, value, attempt.Run.Environment, repository, secrets, ct);
        foreach (var (name, value) in Own(attempt))
            variables[name] = value;
        var environment = RunEnvironment.Of(variables);
        var files = await CopyFilesAsync(attempt, repository, secrets, ct);
        return new RunMaterial(environment, files, SecretMask.Of(secrets));
    }

    /// <summary>The mask of a container that is already there: its secrets may have been changed on disk since.</summary>
    public async Task<SecretMask> MaskOfAsync(Attempt attempt, IReadOnlyList<string> containerEnv, CancellationToken ct)
    {
        var names = attempt.Spec.Env.Where(variable => variable.Value is EnvironmentValue.From { Source.Kind: KeySourceKind.Secret }).Select(variable => variable.Key + "=").ToList();
        var secrets = containerEnv.SelectMany(line => names.Where(name => line.StartsWith(name, StringComparison.Ordinal)).Select(name => line[name.Length..])).ToList();
        for (var number = 0; number < attempt.Spec.Files.Count; number++)
        {
            var copy = CopyPath(attempt, number);
            if (attempt.Spec.Files[number].Value.Kind == KeySourceKind.Secret && File.Exists(copy))
                secrets.Add(await File.ReadAllTextAsync(copy, ct));
        }
        return SecretMask.Of(secrets);
    }

    /// <summary>Writes the file for <c>--env-file</c>; it is deleted as soon as the container is made.</summary>
    public string WriteEnvironment(Attempt attempt, RunEnvironment environment)
    {
        var path = Path.Combine(MakeFolder(attempt), "env");
        using var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = OwnerFile });
        foreach (var line in environment.FileLines)
            file.Write(Strict.GetBytes(line + "\n"));
        return path;
    }

    public void Forget(Attempt attempt)
    {
        if (Directory.Exists(FolderOf(attempt)))
            Directory.Delete(FolderOf(attempt), recursive: true);
    }

    /// <summary>Deletes the folders of all attempts but these: what is left of a crash between an attempt's end and the deletion of what it was given.</summary>
    public void ForgetAllBut(IEnumerable<RunRecord> unfinished)
    {
        if (!Directory.Exists(Root))
            return;
        var wanted = unfinished.Select(run => NameOf(run, run.Attempt)).ToHashSet(StringComparer.Ordinal);
        foreach (var folder in Directory.EnumerateDirectories(Root).Where(folder => !wanted.Contains(Path.GetFileName(folder))).ToList())
            Directory.Delete(folder, recursive: true);
    }

    private string Root => Path.Combine(configuration.DataFolder, "runs");

    private static IEnumerable<KeyValuePair<string, string>> Own(Attempt attempt) =>
    [
        new(RunVariables.TriggerName, attempt.Run.Trigger.Value),
        new(RunVariables.TriggerEnvironment, attempt.Run.Environment.Value),
        new(RunVariables.RunId, attempt.Run.Id.Value),
        new(RunVariables.ScheduledTime, attempt.Run.ScheduledFor.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)),
        new(RunVariables.Commit, attempt.Run.Commit.Value),
        new(RunVariables.Attempt, attempt.Number.ToString(CultureInfo.InvariantCulture)),
    ];

    private async Task<string> ValueAsync(string name, EnvironmentValue value, EnvironmentName environment, string repository, List<string> secrets, CancellationToken ct)
    {
        if (value is not EnvironmentValue.From { Source: var source })
            return ((EnvironmentValue.Literal)value).Value;
        try
        {
            var text = WithoutLastNewline(Strict.GetString(await sources.ReadAsync(source, environment, repository, ct)));
            if (source.Kind == KeySourceKind.Secret)
                secrets.Add(text);
            return text;
        }
        catch (DecoderFallbackException)
        {
            throw new SourceException($"The {source} in {environment} is not UTF-8 text and cannot be the value of the variable {name}. Mount it as a file.");
        }
    }

    /// <summary>Editors and <c>echo</c> end a file with one, and nobody means it as a part of a token.</summary>
    private static string WithoutLastNewline(string text) => text.EndsWith("\r\n", StringComparison.Ordinal) ? text[..^2] : text.EndsWith('\n') ? text[..^1] : text;

    private async Task<IReadOnlyList<(string Source, string Path)>> CopyFilesAsync(Attempt attempt, string repository, List<string> secrets, CancellationToken ct)
    {
        var copies = new List<(string Source, string Path)>();
        foreach (var (path, source) in attempt.Spec.Files)
        {
            if (path.Contains(':', StringComparison.Ordinal))
                throw new SourceException($"The path {Shown.Text(path)} cannot be mounted: it holds a colon.");
            var content = await sources.ReadAsync(source, attempt.Run.Environment, repository, ct);
            if (source.Kind == KeySourceKind.Secret)
                secrets.Add(Encoding.UTF8.GetString(content));
            MakeFolder(attempt);
            var copy = CopyPath(attempt, copies.Count);
            File.Delete(copy);
            await using (var file = new FileStream(copy, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerFile }))
                await file.WriteAsync(content, ct);
            File.SetUnixFileMode(copy, MountedFile);
            copies.Add((copy, path));
        }
        return copies;
    }

    private string MakeFolder(Attempt attempt) => Directory.CreateDirectory(FolderOf(attempt), OwnerFolder).FullName;

    private string CopyPath(Attempt attempt, int number) => Path.Combine(FolderOf(attempt), string.Create(CultureInfo.InvariantCulture, $"file-{number}"));

    private string FolderOf(Attempt attempt) => Path.Combine(Root, NameOf(attempt.Run, attempt.Number));

    private static string NameOf(RunRecord run, int attempt) => string.Create(CultureInfo.InvariantCulture, $"{run.Id}-{attempt}");
}
