using System.Text;
using GitOps.Triggers.Tests.Webhooks;

namespace GitOps.Triggers.Tests.Fuzzing;

/// <summary>Real inputs that do not stand in this repository.</summary>
internal static class FuzzSeeds
{
    private const int FewOfAKind = 6, Few = 20;

    /// <summary>GitHub's own examples of what the engine reads, and some of the rest, none of them long; none where the package cannot be had.</summary>
    public static IReadOnlyList<byte[]> Webhooks()
    {
        var examples = WebhookExamples.FindAsync().GetAwaiter().GetResult().OrderBy(example => example.Body.Length).ToLookup(example => example.Event is "push" or "delete" or "pull_request" or "ping");
        return
        [
            .. examples[true].GroupBy(example => example.Event).SelectMany(kind => kind.Take(FewOfAKind)).Concat(examples[false].Take(Few)).Select(example => (byte[])[.. Encoding.UTF8.GetBytes(example.Event + "\n"), .. example.Body]),
            .. new[] { SignedDelivery.Push(), SignedDelivery.Push(deleted: true) }.Select(push => (byte[])[.. "push\n"u8, .. push.Body]),
        ];
    }
}
