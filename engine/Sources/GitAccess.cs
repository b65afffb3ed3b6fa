namespace GitOps.Triggers.Sources;

/// <summary>What opens a repository to one git command. Never on a command line, never in a mirror's configuration.</summary>
internal sealed record GitAccess
{
    public IReadOnlyList<(string Key, string Value)> Settings { get; init; } = [];

    public string? SshCommand { get; init; }

    /// <summary>What no message may contain.</summary>
    public IReadOnlyList<string> Secrets { get; init; } = [];
}
