namespace GitOps.Triggers.Manifests;

/// <summary>Where the parser stopped, and its own words for it, which are for those who know YAML's grammar by heart.</summary>
internal sealed record YamlFailure(Position At, string Reason);
