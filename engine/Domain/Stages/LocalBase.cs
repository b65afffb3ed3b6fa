namespace GitOps.Triggers.Domain;

/// <summary>An image that a Dockerfile names and that no registry can have. <paramref name="Line"/>: where it stands, from 1; <paramref name="Image"/>: with its variables filled in.</summary>
internal sealed record LocalBase(int Line, string Image);
