namespace GitOps.Triggers.Deployment;

/// <summary>A run's log, or the rest of it, cannot be had at present. Its message names the call, what was answered and what to do.</summary>
internal sealed class LogUnavailableException(string message, Exception cause) : Exception(message, cause);
