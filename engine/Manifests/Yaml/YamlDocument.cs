namespace GitOps.Triggers.Manifests;

/// <summary>A YAML file as read: its tree, none when nothing could be made of it, and every problem met on the way.</summary>
internal sealed record YamlDocument(Node? Root, IReadOnlyList<YamlProblem> Problems);
