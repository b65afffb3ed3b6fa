namespace GitOps.Triggers.Cli;

/// <summary>What a push would change of one trigger in one environment.</summary>
/// <param name="Trigger">Its name.</param>
/// <param name="Change"><c>new</c>, <c>changed</c>, <c>taken down</c> or <c>same</c>.</param>
/// <param name="Image">What happens to its image; none when it is taken down.</param>
/// <param name="Diff">Unified, of what is applied; empty when that stays as it is.</param>
internal sealed record TriggerDiff(string Trigger, string Change, string? Image, string Diff)
{
    public const string New = "new", Changed = "changed", TakenDown = "taken down", Same = "same";
}
