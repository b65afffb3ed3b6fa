namespace GitOps.Triggers.Manifests;

/// <summary>What is wrong with a file as YAML. <paramref name="Node"/>: what it is about, where the tree still holds it.</summary>
internal sealed record YamlProblem(Position At, string Path, string Message, string Fix, Node? Node = null);
