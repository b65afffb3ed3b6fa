namespace GitOps.Triggers.Domain;

/// <summary>A <c>trigger.yaml</c> as it stands in git: its path in the repository with <c>/</c>, and its bytes.</summary>
internal sealed record ManifestFile(string Path, ReadOnlyMemory<byte> Content);
