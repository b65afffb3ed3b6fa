using GitOps.Triggers.Tests.Support;

namespace GitOps.Triggers.Tests.EndToEnd;

/// <summary>The files of a small job: a Dockerfile on the tests' busybox, a script, a manifest.</summary>
internal static class JobSource
{
    public const string Base = "localhost/gitops-triggers-tests/busybox:latest";

    /// <returns>A repository whose main holds such a job, and its commit.</returns>
    public static async Task<(WorkingCopy Repository, string Commit)> PushedAsync(TempFolder folder, string name)
    {
        var repository = await WorkingCopy.CreateAsync(folder, name);
        Write(repository);
        var commit = await repository.CommitAsync("first");
        await repository.PushAsync("main");
        return (repository, commit);
    }

    /// <param name="copy">Where it is written.</param>
    /// <param name="script">What the job does, in sh.</param>
    /// <param name="schedule">For dev and prod; far away by default, so that runs are on demand.</param>
    public static void Write(WorkingCopy copy, string script = "echo hello from $TRIGGER_ENVIRONMENT", string schedule = "0 5 1 1 *")
    {
        copy.Write("Dockerfile", $"FROM {Base}\nCOPY job.sh /job.sh\nUSER 65532:65532\nENTRYPOINT [\"/bin/sh\", \"/job.sh\"]\n");
        copy.Write("job.sh", script + "\n");
        copy.Write("trigger.yaml", $$"""
            apiVersion: triggers.gitops/v1
            kind: ScheduledTrigger
            name: job
            environments:
              dev: { schedule: "{{schedule}}" }
              prod: { schedule: "{{schedule}}" }
            """);
    }
}
