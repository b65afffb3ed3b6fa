namespace GitOps.Triggers.Sources;

/// <summary>
/// A build's inputs on disk, all paths absolute. <paramref name="Context"/> holds what was hashed and nothing else;
/// <paramref name="Dockerfile"/> stands outside it, since the context need not hold it. Beside it lies an empty
/// <c>Dockerfile.dockerignore</c>: builders take that before the context's own <c>.dockerignore</c>, which has been obeyed already.
/// </summary>
internal sealed record ExportedContext(string Folder, string Context, string Dockerfile);
