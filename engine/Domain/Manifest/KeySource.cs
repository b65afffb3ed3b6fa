namespace GitOps.Triggers.Domain;

/// <summary>One key of a Secret or ConfigMap of the environment, by name. Values never stand in a manifest.</summary>
internal sealed record KeySource(KeySourceKind Kind, string Name, string Key)
{
    public override string ToString() => $"{(Kind == KeySourceKind.Secret ? "secret" : "config")} {Name}/{Key}";
}
