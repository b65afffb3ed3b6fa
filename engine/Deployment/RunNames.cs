using System.Globalization;
using System.Security.Cryptography;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Deployment;

/// <summary>The ids of runs; on a cluster they are the names of their Jobs.</summary>
internal static class RunNames
{
    // Without vowels and look-alikes, as Kubernetes' own generated names.
    private const string Letters = "bcdfghjklmnpqrstvwxz2456789";
    private const int RandomLetters = 6;

    /// <summary>The controller's name for the Job of a due time (<c>getJobName</c>): one time, one name, so that nothing is started twice.</summary>
    public static RunId Scheduled(string cronJob, DateTimeOffset time) =>
        RunId.Parse(string.Create(CultureInfo.InvariantCulture, $"{cronJob}-{time.ToUnixTimeSeconds() / 60}"));

    public static RunId OnDemand(string cronJob) => RunId.Parse($"{cronJob}-now-{RandomNumberGenerator.GetString(Letters, RandomLetters)}");
}
