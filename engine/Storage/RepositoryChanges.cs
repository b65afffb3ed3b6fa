using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Storage;

/// <summary>Which repositories are to be connected, and what stands against it. Pure.</summary>
internal static class RepositoryChanges
{
    private const int LongestName = 100;

    /// <summary>The configured ones, and those connected otherwise; with the findings that forbid it.</summary>
    public static (IReadOnlyList<ConnectedRepository> Wanted, IReadOnlyList<Finding> Findings) Wanted(
        IReadOnlyList<RepositorySettings> configured, IReadOnlyList<ConnectedRepository> stored, DateTimeOffset now)
    {
        var ids = configured.Select(settings => RepositoryId.FromUrl(settings.Url)).ToHashSet();
        var wanted = stored.Where(row => !row.Configured && !ids.Contains(row.Id)).ToList();
        var findings = new List<Finding>();
        foreach (var (index, settings) in configured.Index())
        {
            var row = Row(settings, stored.SingleOrDefault(row => row.Id == RepositoryId.FromUrl(settings.Url)), isConfigured: true, now);
            if (Conflict(row, wanted) is { } conflict)
                findings.Add(conflict with { File = "engine.yaml", Path = $"repositories[{index}]" });
            wanted.Add(row);
        }
        return (wanted, findings);
    }

    /// <summary>One more, connected while the engine runs.</summary>
    public static StageResult<ConnectedRepository> Connect(RepositorySettings settings, IReadOnlyList<ConnectedRepository> stored, DateTimeOffset now)
    {
        var before = stored.SingleOrDefault(row => row.Id == RepositoryId.FromUrl(settings.Url));
        var filled = settings with
        {
            Name = settings.Name ?? before?.Name,
            TokenFile = settings.TokenFile ?? before?.TokenFile,
            SshKeyFile = settings.SshKeyFile ?? before?.SshKeyFile,
        };
        var row = Row(filled, before, before?.Configured ?? false, now);
        var problem = row.Configured && row != before
            ? Wrong($"{row.Url} stands in engine.yaml with another name or other files", "Change it there and start the engine again.")
            : Conflict(row, stored.Where(other => other.Id != row.Id));
        return problem is null ? new StageResult<ConnectedRepository>.Done(row) : new StageResult<ConnectedRepository>.Rejected([problem]);
    }

    private static ConnectedRepository Row(RepositorySettings settings, ConnectedRepository? before, bool isConfigured, DateTimeOffset now) => new()
    {
        Id = RepositoryId.FromUrl(settings.Url),
        Name = settings.Name ?? settings.Url.ShortName,
        Url = settings.Url,
        TokenFile = settings.TokenFile,
        SshKeyFile = settings.SshKeyFile,
        Configured = isConfigured,
        ConnectedAt = before?.ConnectedAt ?? now,
    };

    private static Finding? Conflict(ConnectedRepository row, IEnumerable<ConnectedRepository> others)
    {
        if (string.IsNullOrWhiteSpace(row.Name) || row.Name.Length > LongestName || row.Name.Any(char.IsControl))
            return Wrong($"'{Shown.Text(row.Name)}' cannot be a repository's name", $"Give it a name of 1 to {LongestName} characters.");
        var holder = others.FirstOrDefault(other => other.Id == row.Id || string.Equals(other.Name, row.Name, StringComparison.OrdinalIgnoreCase));
        if (holder is null)
            return null;
        return holder.Id == row.Id
            ? Wrong($"{row.Url} is listed twice", "Remove one of them.")
            : Wrong($"the name '{Shown.Text(row.Name)}' belongs to {holder.Url} already", $"Give {row.Url} another name.");
    }

    private static Finding Wrong(string message, string fix) => new() { File = "", Path = "repository", Message = message, Fix = fix };
}
