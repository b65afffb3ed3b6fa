using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Runs;

/// <summary>What a container is given: its environment, and its files as copies in a folder of its own.</summary>
/// <param name="Environment">All variables, the engine's own too.</param>
/// <param name="Files">Path on this machine, path in the container.</param>
/// <param name="Mask">Of the secrets among them.</param>
internal sealed record RunMaterial(RunEnvironment Environment, IReadOnlyList<(string Source, string Path)> Files, SecretMask Mask);
