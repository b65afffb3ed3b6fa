namespace GitOps.Triggers.Domain;

/// <summary>The value of an environment variable: written in the manifest, or taken from a source of the environment.</summary>
internal abstract record EnvironmentValue
{
    internal sealed record Literal(string Value) : EnvironmentValue;

    internal sealed record From(KeySource Source) : EnvironmentValue;
}
