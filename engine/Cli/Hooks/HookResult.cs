namespace GitOps.Triggers.Cli;

/// <param name="Installed">Pushes are heard at once.</param>
/// <param name="Message">What was done, and what is left to do.</param>
internal sealed record HookResult(bool Installed, string Message);
