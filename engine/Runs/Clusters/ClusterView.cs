using GitOps.Triggers.Clusters;
using GitOps.Triggers.Domain;
using k8s.Models;

namespace GitOps.Triggers.Runs;

/// <summary>
/// What the lists and watches of one environment have shown so far. Nothing is told of a namespace until all of it was listed, since half of the
/// truth is wrong: a Job without its pods, a run without its Job. Used by several at once.
/// </summary>
internal sealed class ClusterView(TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly Dictionary<(string Space, RunId Id), SeenRun> runs = [];
    private readonly HashSet<(string Space, RunId Id)> changed = [];
    private readonly Dictionary<(string Space, TriggerKey Key), CronJobSeen> cronJobs = [];
    private readonly Dictionary<string, Dictionary<Type, DateTimeOffset>> listed = new(StringComparer.Ordinal);

    /// <param name="space">What is watched; none: all namespaces.</param>
    /// <param name="seen">What was seen there.</param>
    public void See(string? space, Seen<V1Job> seen)
    {
        lock (gate)
        {
            switch (seen)
            {
                case Seen<V1Job>.All(var objects):
                    var there = objects.Select(JobSeen.Read).OfType<JobSeen>().ToList();
                    foreach (var job in there)
                        Put(job);
                    var ids = there.Select(job => (job.Space, job.Id)).ToHashSet();
                    foreach (var id in runs.Where(pair => pair.Value.Job is not null && IsIn(pair.Key.Space, space) && !ids.Contains(pair.Key)).Select(pair => pair.Key).ToList())
                        Change(id, run => run with { Gone = true });
                    Listed<V1Job>(space);
                    break;
                case Seen<V1Job>.Changed(var one) when JobSeen.Read(one) is { } job:
                    Put(job);
                    break;
                case Seen<V1Job>.Gone(var one) when JobSeen.Read(one) is { } job && runs.ContainsKey((job.Space, job.Id)):
                    Put(job);
                    Change((job.Space, job.Id), run => run.Job?.Uid == job.Uid ? run with { Gone = true } : run);
                    break;
            }
        }
    }

    /// <inheritdoc cref="See(string?, Seen{V1Job})"/>
    public void See(string? space, Seen<V1Pod> seen)
    {
        lock (gate)
        {
            switch (seen)
            {
                case Seen<V1Pod>.All(var objects):
                    var there = objects.Select(PodSeen.Read).OfType<PodSeen>().ToList();
                    foreach (var pod in there)
                        Change((pod.Space, pod.Run), run => run.With(pod));
                    var uids = there.Select(pod => pod.Uid).ToHashSet(StringComparer.Ordinal);
                    foreach (var pod in runs.Where(pair => IsIn(pair.Key.Space, space)).SelectMany(pair => pair.Value.Pods).Where(pod => !uids.Contains(pod.Uid)).ToList())
                        Change((pod.Space, pod.Run), run => run.Without(pod));
                    Listed<V1Pod>(space);
                    break;
                case Seen<V1Pod>.Changed(var one) when PodSeen.Read(one) is { } pod:
                    Change((pod.Space, pod.Run), run => run.With(pod));
                    break;
                case Seen<V1Pod>.Gone(var one) when PodSeen.Read(one) is { } pod && runs.ContainsKey((pod.Space, pod.Run)):
                    Change((pod.Space, pod.Run), run => run.With(pod).Without(pod));
                    break;
            }
        }
    }

    /// <inheritdoc cref="See(string?, Seen{V1Job})"/>
    public void See(string? space, Seen<V1CronJob> seen)
    {
        lock (gate)
        {
            switch (seen)
            {
                case Seen<V1CronJob>.All(var objects):
                    foreach (var key in cronJobs.Where(pair => IsIn(pair.Key.Space, space)).Select(pair => pair.Key).ToList())
                        cronJobs.Remove(key);
                    foreach (var cronJob in objects.Select(CronJobSeen.Read).OfType<CronJobSeen>())
                        cronJobs[(cronJob.Space, cronJob.Key)] = cronJob;
                    Listed<V1CronJob>(space);
                    break;
                case Seen<V1CronJob>.Changed(var one) when CronJobSeen.Read(one) is { } cronJob:
                    cronJobs[(cronJob.Space, cronJob.Key)] = cronJob;
                    break;
                case Seen<V1CronJob>.Gone(var one) when CronJobSeen.Read(one) is { } cronJob:
                    cronJobs.Remove((cronJob.Space, cronJob.Key));
                    break;
            }
        }
    }

    /// <summary>It is no longer watched: what happens there is not seen.</summary>
    public void Lost(string? space)
    {
        lock (gate)
            listed.Remove(space ?? "");
    }

    /// <returns>Since when all that happens in a namespace is seen; none: it is not.</returns>
    public DateTimeOffset? SeenSince(string space)
    {
        lock (gate)
            return Since("") ?? Since(space);
    }

    public CronJobSeen? CronJob(string space, TriggerKey key)
    {
        lock (gate)
            return cronJobs.GetValueOrDefault((space, key));
    }

    public bool Knows(string space, RunId id)
    {
        lock (gate)
            return runs.TryGetValue((space, id), out var run) && run.Job is not null;
    }

    /// <summary>Takes runs of which there is something new, at most <paramref name="most"/>.</summary>
    public IReadOnlyList<SeenRun> TakeChanged(int most)
    {
        lock (gate)
        {
            var taken = changed.Where(id => Since("") is not null || Since(id.Space) is not null).Take(most).ToList();
            changed.ExceptWith(taken);
            return [.. taken.Where(runs.ContainsKey).Select(id => runs[id]).Where(run => run.Job is not null)];
        }
    }

    /// <summary>To be looked at once more: it could not be stored, or is not settled.</summary>
    public void PutBack(IEnumerable<SeenRun> taken)
    {
        lock (gate)
            changed.UnionWith(taken.Select(run => (run.Job!.Space, run.Job.Id)));
    }

    /// <summary>Lets go of a run whose Job is gone and whose end is stored, unless its name is used again.</summary>
    public void Forget(SeenRun run)
    {
        lock (gate)
        {
            var id = (run.Job!.Space, run.Job.Id);
            if (runs.TryGetValue(id, out var now) && now is { Gone: true } && now.Job?.Uid == run.Job.Uid)
                runs.Remove(id);
        }
    }

    private void Put(JobSeen job) => Change((job.Space, job.Id), run => run.With(job, time.GetUtcNow()));

    private void Change((string Space, RunId Id) id, Func<SeenRun, SeenRun> change)
    {
        var before = runs.GetValueOrDefault(id) ?? new SeenRun();
        var after = change(before);
        runs[id] = after;
        if (after != before)
            changed.Add(id);
        // Pods that outlive their Job, as those of one that was deleted without them.
        if (after is { Job: null, Pods.Count: > 0 } && after.Pods.All(pod => pod.Version == long.MaxValue))
            runs.Remove(id);
    }

    private void Listed<T>(string? space)
    {
        if (!listed.TryGetValue(space ?? "", out var kinds))
            listed[space ?? ""] = kinds = [];
        kinds[typeof(T)] = time.GetUtcNow();
    }

    private DateTimeOffset? Since(string space) => listed.TryGetValue(space, out var kinds) && kinds.Count == 3 ? kinds.Values.Max() : null;

    private static bool IsIn(string space, string? watched) => watched is null || watched == space;
}
