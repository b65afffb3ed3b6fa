using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Storage;

/// <summary>Which repositories are to be connected, and what stands against it. Pure.</summary>
internal static class RepositoryChanges
{
    private const int LongestName = 100;

    /// <summary>The configured ones, and those connected otherwise; with the errors that forbid it, or with what the operator should know of it.</summary>
    public static (IReadOnlyList<ConnectedRepository> Wanted, IReadOnlyList<Finding> Findings) Wanted(
        IReadOnlyList<RepositorySettings> configured, IReadOnlyList<ConnectedRepository> stored, IReadOnlyList<RetiredRepository> retired, DateTimeOffset now)
    {
        var urls = configured.Select(settings => settings.Url).ToHashSet();
        var staying = stored.Where(row => !row.Configured || urls.Contains(row.Url)).ToList();
        var gone = stored.Except(staying).Select(row => RetiredRepository.Of(row, takeDown: false, now)).Concat(retired).ToList();
        var ids = RepositoryIdentities.Of(configured, staying, gone);
        var wanted = staying.Where(row => !urls.Contains(row.Url)).ToList();
        var findings = new List<Finding>();
        foreach (var (index, settings) in configured.Index())
        {
            var row = Row(settings, ids[index], isConfigured: true, stored.SingleOrDefault(row => row.Id == ids[index])?.ConnectedAt ?? now);
            if ((Conflict(row, wanted) ?? Moved(row, gone)) is { } finding)
                findings.Add(finding with { File = "engine.yaml", Path = $"repositories[{index}]" });
            wanted.Add(row);
        }
        return (wanted, findings);
    }

    /// <summary>One more, connected while the engine runs.</summary>
    public static StageResult<ConnectedRepository> Connect(RepositorySettings settings, IReadOnlyList<ConnectedRepository> stored, IReadOnlyList<RetiredRepository> retired, DateTimeOffset now)
    {
        var before = stored.SingleOrDefault(row => row.Url == settings.Url);
        var filled = settings with
        {
            Name = settings.Name ?? before?.Name,
            TokenFile = settings.TokenFile ?? before?.TokenFile,
            SshKeyFile = settings.SshKeyFile ?? before?.SshKeyFile,
        };
        var row = Row(filled, RepositoryIdentities.Of([filled], stored, retired)[0], before?.Configured ?? false, before?.ConnectedAt ?? now);
        var problem = row.Configured && row != before
            ? Wrong($"{row.Url} stands in engine.yaml with another name or other files", "Change it there and start the engine again.")
            : Conflict(row, stored.Where(other => other.Id != row.Id));
        return problem is null ? new StageResult<ConnectedRepository>.Done(row) : new StageResult<ConnectedRepository>.Rejected([problem]);
    }

    /// <summary>Why a connected repository cannot be disconnected by a command.</summary>
    public static Finding? Disconnect(ConnectedRepository row) => !row.Configured ? null : Wrong(
        $"the repository '{Shown.Text(row.Name)}' stands in engine.yaml and would come back with the next start",
        "Remove it under repositories: there and start the engine again: what it deployed is then suspended. Disconnecting it after that takes it down.");

    private static ConnectedRepository Row(RepositorySettings settings, RepositoryId id, bool isConfigured, DateTimeOffset connectedAt) => new()
    {
        Id = id,
        Name = RepositoryIdentities.NameOf(settings),
        Url = settings.Url,
        TokenFile = settings.TokenFile,
        SshKeyFile = settings.SshKeyFile,
        Configured = isConfigured,
        ConnectedAt = connectedAt,
    };

    private static Finding? Conflict(ConnectedRepository row, IEnumerable<ConnectedRepository> others)
    {
        if (string.IsNullOrWhiteSpace(row.Name) || row.Name.Length > LongestName || row.Name.Any(char.IsControl))
            return Wrong($"'{Shown.Text(row.Name)}' cannot be a repository's name", $"Give it a name of 1 to {LongestName} characters.");
        var holder = others.FirstOrDefault(other => other.Url == row.Url || string.Equals(other.Name, row.Name, StringComparison.OrdinalIgnoreCase));
        if (holder is null)
            return null;
        return holder.Url == row.Url
            ? Wrong($"{row.Url} is listed twice", "Remove one of them.")
            : Wrong($"the name '{Shown.Text(row.Name)}' belongs to {holder.Url} already", $"Give {row.Url} another name: with --name, or name: in engine.yaml.");
    }

    private static Finding? Moved(ConnectedRepository row, IReadOnlyList<RetiredRepository> gone) =>
        gone.FirstOrDefault(other => other.Id == row.Id) is not { } before || before.Url == row.Url ? null : Wrong(
            $"the repository '{Shown.Text(row.Name)}' has a new address: {row.Url}, before {before.Url}. By its name it is taken for the same one: its history, pauses, secrets and the times of H in its schedules stay",
            "Nothing is to be done. If it is another repository, give it another name.") with
        { Severity = Severity.Warning };

    private static Finding Wrong(string message, string fix) => new() { File = "", Path = "repository", Message = message, Fix = fix };
}
