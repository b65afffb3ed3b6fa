using System.Text;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Manifests;

namespace GitOps.Triggers.Cli;

/// <summary>Reads manifests or the engine's configuration for their findings, and keeps the lines that these point at.</summary>
internal sealed class Linter(Shell shell)
{
    private readonly Dictionary<string, string[]> lines = [];
    private readonly List<Finding> findings = [];
    private int files;

    public LintReport Report => new(files, findings);

    /// <summary>The line that a finding of this linter points at.</summary>
    public string? Line(Finding finding) =>
        finding.Line is { } number && lines.TryGetValue(finding.File, out var text) && number <= text.Length ? text[number - 1] : null;

    public async Task ManifestsAsync(string path, IReadOnlyCollection<EnvironmentName>? environments, CancellationToken ct)
    {
        var local = await LocalManifests.ReadAsync(path, environments, id: null, ct);
        string Seen(string file) => Path.GetRelativePath(shell.Folder, Path.Combine(local.Checkout.Root, file));
        foreach (var file in local.Files)
            Keep(Seen(file.Path), file.Content.Span);
        findings.AddRange(local.Set.Findings.Select(finding => finding with { File = Seen(finding.File) }));
        findings.AddRange(local.Files.Where(file => new FileInfo(Path.Combine(local.Checkout.Root, file.Path)).LinkTarget is not null).Select(file => new Finding
        {
            File = Seen(file.Path),
            Message = "It is a symbolic link, and the engine does not follow those.",
            Fix = "Write the manifest itself at this path.",
        }));
    }

    public void Configuration(string path)
    {
        var content = File.ReadAllBytes(path);
        var seen = Path.GetRelativePath(shell.Folder, path);
        Keep(seen, content);
        findings.AddRange(EngineConfigurationReader.Read(path, content, ReadText).Findings.Select(finding => finding with { File = seen }));
    }

    private static string? ReadText(string path)
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

    private void Keep(string seen, ReadOnlySpan<byte> content)
    {
        files++;
        lines[seen] = Encoding.UTF8.GetString(content).Split('\n');
    }
}
