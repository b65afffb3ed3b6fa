namespace GitOps.Triggers.Cli;

/// <summary>Where the engine listens, and the token that opens its API.</summary>
internal sealed record EngineAddress(Uri Url, string Token);
