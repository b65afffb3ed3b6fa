using GitOps.Triggers.Domain;
using Octokit.Webhooks;
using Octokit.Webhooks.Events.PullRequest;

namespace GitOps.Triggers.Webhooks;

/// <summary>What an event hints at. Pure; whatever is odd about a payload ends in <see cref="DeliveryIntent.Ignored"/>, never in an exception.</summary>
internal static class DeliveryReader
{
    private const string BranchPrefix = "refs/heads/";

    public static DeliveryIntent Read(string eventName, Payload payload) => eventName switch
    {
        WebhookEventType.Push => Push(payload),
        WebhookEventType.Delete => Delete(payload),
        WebhookEventType.PullRequest => PullRequest(payload),
        WebhookEventType.Ping => new DeliveryIntent.Ping(),
        _ => new DeliveryIntent.Ignored($"the event '{Shown.Text(eventName)}' changes nothing that is deployed"),
    };

    private static DeliveryIntent Push(Payload payload)
    {
        if (payload.Ref is null)
            return new DeliveryIntent.Ignored("the push names no ref");
        if (!payload.Ref.StartsWith(BranchPrefix, StringComparison.Ordinal))
            return new DeliveryIntent.Ignored($"'{Shown.Text(payload.Ref)}' is not a branch");
        return OnBranch(payload, payload.Ref[BranchPrefix.Length..], (repository, branch) => payload.Deleted
            ? new DeliveryIntent.BranchDeleted(repository, branch)
            : new DeliveryIntent.Pushed(repository, branch));
    }

    private static DeliveryIntent Delete(Payload payload) => payload.RefType == "branch"
        ? OnBranch(payload, payload.Ref, (repository, branch) => new DeliveryIntent.BranchDeleted(repository, branch))
        : new DeliveryIntent.Ignored("what was deleted is not a branch");

    private static DeliveryIntent PullRequest(Payload payload) => payload is { Action: PullRequestActionValue.Closed, Merged: true }
        ? OnBranch(payload, payload.BaseRef, (repository, branch) => new DeliveryIntent.PullRequestMerged(repository, branch))
        : new DeliveryIntent.Ignored("the pull request was not merged by this");

    private static DeliveryIntent OnBranch(Payload payload, string? name, Func<ClaimedRepository, BranchName, DeliveryIntent> intent)
    {
        if (!BranchName.TryParse(name, out var branch))
            return new DeliveryIntent.Ignored($"'{Shown.Text(name)}' is not a branch name that git accepts");
        var repository = Claim(payload);
        return repository.Urls.Count == 0 && repository.FullName is null
            ? new DeliveryIntent.Ignored("the payload names no repository")
            : intent(repository, branch);
    }

    private static ClaimedRepository Claim(Payload payload)
    {
        var urls = new List<RepositoryUrl>(4);
        foreach (var text in (ReadOnlySpan<string?>)[payload.CloneUrl, payload.SshUrl, payload.HtmlUrl, payload.Url])
        {
            if (RepositoryUrl.TryParse(text, out var url) && !urls.Contains(url))
                urls.Add(url);
        }
        return new ClaimedRepository { FullName = payload.FullName, Urls = urls };
    }
}
