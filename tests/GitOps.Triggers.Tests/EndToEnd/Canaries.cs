using System.Text;
using GitOps.Triggers.Tests.Containers;

namespace GitOps.Triggers.Tests.EndToEnd;

/// <summary>One secret of each kind that an engine is given, and how it may look where it should not be.</summary>
internal static class Canaries
{
    public const string Webhook = "canary/webhook+0d1f=7c", NextWebhook = "canary/next+4410=8d", Git = "canary/git+9b2e=41", WrongGit = "canary/wrong+5a77=e0", Key = "canary/key+c0de=77",
        Cluster = "canary/cluster+27b9=51", Registry = TestRegistry.CanaryPassword, Run = "canary/run+33c8=fd", RunFile = "canary/file+d3e9=13", Variable = "canary/variable+8e15=aa", Address = "canary-address-61f0";

    public static readonly string[] All = [Webhook, NextWebhook, Git, WrongGit, Key, Cluster, Registry, Run, RunFile, Variable, Address];

    /// <summary>As it is, URL-encoded, and in base64 wherever it begins in what is encoded.</summary>
    public static IEnumerable<string> Forms(string secret)
    {
        yield return secret;
        yield return Uri.EscapeDataString(secret);
        for (var before = 0; before < 3; before++)
            yield return Convert.ToBase64String(Encoding.UTF8.GetBytes(new string(' ', before) + secret))[(before == 0 ? 0 : 4)..^4];
    }
}
