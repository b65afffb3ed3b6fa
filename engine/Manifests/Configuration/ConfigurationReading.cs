using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Manifests;

/// <summary>What came of reading the engine's configuration.</summary>
/// <param name="Configuration">None when a finding is an error.</param>
/// <param name="Findings">Errors and warnings, in the order of the file.</param>
internal sealed record ConfigurationReading(EngineConfiguration? Configuration, IReadOnlyList<Finding> Findings);
