namespace GitOps.Triggers.Web;

/// <inheritdoc cref="RunRequest"/>
/// <param name="Repository">May be left out when only one repository has such a trigger.</param>
/// <param name="Environment">May be left out when there is only one.</param>
/// <param name="Trigger">The trigger's name.</param>
/// <param name="Reason">For those who wonder why it does not run.</param>
internal sealed record PauseRequest(string? Repository, string? Environment, string Trigger, string? Reason);
