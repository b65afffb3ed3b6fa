namespace GitOps.Triggers.Web;

/// <param name="Repository">May be left out when only one repository has such a trigger.</param>
/// <param name="Environment">May be left out when there is only one.</param>
/// <param name="Trigger">The trigger's name.</param>
/// <param name="Args">In place of the manifest's arguments.</param>
internal sealed record RunRequest(string? Repository, string? Environment, string Trigger, IReadOnlyList<string>? Args);
