using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Tests.Planning;

/// <summary>A plan in few words, for tables: what is done, and with which image.</summary>
internal static class PlanText
{
    public static string Of(ReleasePlan plan) => string.Join(", ", plan.Items.Select(Of));

    public static string Of(PlanItem item) => item switch
    {
        PlanItem.Build => "Build",
        PlanItem.Deploy { Kind: var kind, Image: var image } => $"{kind} {image.Digest.Short[0]}",
        PlanItem.Keep { Current.Image: var image } => $"Keep {image.Digest.Short[0]}",
        PlanItem.Hold => "Hold",
        PlanItem.Reject => "Reject",
        PlanItem.Prune => "Prune",
        PlanItem.Suspend => "Suspend",
        PlanItem.Clear => "Clear",
        _ => throw new ArgumentOutOfRangeException(nameof(item)),
    };
}
