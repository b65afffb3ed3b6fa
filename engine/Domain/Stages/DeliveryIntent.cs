namespace GitOps.Triggers.Domain;

/// <summary>What a webhook delivery hints at. Only a hint: the pass that follows asks git.</summary>
internal abstract record DeliveryIntent
{
    internal sealed record Pushed(ClaimedRepository Repository, BranchName Branch) : DeliveryIntent;

    internal sealed record BranchDeleted(ClaimedRepository Repository, BranchName Branch) : DeliveryIntent;

    internal sealed record PullRequestMerged(ClaimedRepository Repository, BranchName Base) : DeliveryIntent;

    internal sealed record Ping : DeliveryIntent;

    /// <param name="Reason">For people, to stand after <c>ignored:</c>.</param>
    internal sealed record Ignored(string Reason) : DeliveryIntent;
}
