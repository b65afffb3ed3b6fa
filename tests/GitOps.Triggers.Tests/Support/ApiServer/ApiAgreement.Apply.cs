using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using Xunit;

namespace GitOps.Triggers.Tests.Support.ApiServer;

/// <summary>What is promised of server-side apply.</summary>
public abstract partial class ApiAgreement
{
    [Fact]
    public async Task Applying_the_same_twice_changes_nothing()
    {
        var first = await ApplyAsync(Untidy());
        var second = await ApplyAsync(Untidy());
        Assert.Equal(first.Metadata.ResourceVersion, second.Metadata.ResourceVersion);
        Assert.Equal(1, second.Metadata.Generation);
    }

    [Fact]
    public async Task What_is_applied_with_a_uid_is_applied_to_that_very_object_or_not_at_all()
    {
        var gone = Job();
        gone.Meta()["uid"] = "0d5a1f6e-0000-4000-8000-000000000001";
        Assert.Equal(409, (await Refusal.OfAsync(ApplyAsync(gone))).Code);

        var there = await ApplyAsync(Job());
        Assert.Equal(422, (await Refusal.OfAsync(ApplyAsync(gone))).Code);
        var same = Job();
        same.Meta()["uid"] = there.Metadata.Uid;
        same.Child("spec")["schedule"] = "1 1 1 1 *";
        Assert.Equal("1 1 1 1 *", (await ApplyAsync(same)).Spec.Schedule);
    }

    [Fact]
    public async Task What_is_there_is_what_was_wanted_and_what_the_server_adds()
    {
        await ApplyAsync(Untidy());
        var there = JsonNode.Parse(KubernetesJson.Serialize(await client.BatchV1.ReadNamespacedCronJobAsync("a", Space)))!.AsObject();
        foreach (var own in (string[])["uid", "creationTimestamp", "resourceVersion", "managedFields", "namespace"])
            there.Meta().Remove(own);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""
            {
              "apiVersion": "batch/v1", "kind": "CronJob",
              "metadata": {"name": "a", "generation": 1, "labels": {"color": "red"}},
              "spec": {
                "schedule": "0 0 1 1 *", "suspend": true, "concurrencyPolicy": "Allow", "successfulJobsHistoryLimit": 3, "failedJobsHistoryLimit": 1,
                "jobTemplate": {"metadata": {}, "spec": {"template": {"metadata": {}, "spec": {
                  "restartPolicy": "Never", "dnsPolicy": "ClusterFirst", "schedulerName": "default-scheduler", "terminationGracePeriodSeconds": 30,
                  "serviceAccountName": "default", "serviceAccount": "default", "securityContext": {},
                  "volumes": [{"name": "tmp", "emptyDir": {"sizeLimit": "1Gi"}}, {"name": "key", "secret": {"secretName": "key", "defaultMode": 420}}],
                  "containers": [{
                    "name": "main", "image": "busybox", "imagePullPolicy": "Always", "terminationMessagePath": "/dev/termination-log", "terminationMessagePolicy": "File",
                    "env": [{"name": "ONE", "value": "1"}, {"name": "TWO"}],
                    "resources": {"requests": {"cpu": "500m"}, "limits": {"memory": "1Gi"}},
                    "volumeMounts": [{"name": "tmp", "mountPath": "/tmp"}]
                  }]
                }}}}
              },
              "status": {}
            }
            """), there), there.ToJsonString());
    }

    [Fact]
    public async Task A_field_that_is_left_out_is_removed_or_gets_its_default_again()
    {
        await ApplyAsync(Job());
        var less = Job();
        less.Meta().Remove("labels");
        less.Child("spec").Remove("suspend");
        var container = Container(less);
        container["env"]!.AsArray().RemoveAt(0);
        container.Remove("resources");
        var after = await ApplyAsync(less);
        Assert.Null(after.Metadata.Labels);
        Assert.False(after.Spec.Suspend);
        Assert.Equal(["TWO"], OnlyContainer(after).Env.Select(variable => variable.Name));
        Assert.Null(OnlyContainer(after).Resources.Limits);
        Assert.Equal(2, after.Metadata.Generation);
    }

    [Fact]
    public async Task A_field_that_another_manager_wants_too_stays()
    {
        await ApplyAsync(Job());
        await ApplyAsync(new JsonObject { ["apiVersion"] = "batch/v1", ["kind"] = "CronJob", ["metadata"] = new JsonObject { ["name"] = "a", ["labels"] = new JsonObject { ["color"] = "red" } } }, "other");
        var less = Job();
        less.Meta().Remove("labels");
        Assert.Equal("red", (await ApplyAsync(less)).Metadata.Labels["color"]);
    }

    [Fact]
    public async Task What_another_added_is_left_alone()
    {
        await ApplyAsync(Job());
        var touched = await MergeAsync("""{"metadata":{"annotations":{"note":"mine"}}}""", "other");
        var after = await ApplyAsync(Job());
        Assert.Equal("mine", after.Metadata.Annotations["note"]);
        Assert.Equal(touched.Metadata.ResourceVersion, after.Metadata.ResourceVersion);
    }

    [Fact]
    public async Task A_field_that_another_manager_applied_is_not_taken_without_force()
    {
        await ApplyAsync(Job());
        var status = await Refusal.OfAsync(ApplyAsync(WithSchedule("5 5 1 1 *"), "other"));
        Assert.Equal((409, "Conflict"), (status.Code, status.Reason));
        Assert.Equal("Apply failed with 1 conflict: conflict with \"engine\": .spec.schedule", status.Message);
        Assert.Equal(("FieldManagerConflict", ".spec.schedule", "conflict with \"engine\""), (status.Details.Causes[0].Reason, status.Details.Causes[0].Field, status.Details.Causes[0].Message));
        Assert.Equal("0 0 1 1 *", (await client.BatchV1.ReadNamespacedCronJobAsync("a", Space)).Spec.Schedule);
    }

    [Fact]
    public async Task A_value_that_the_server_writes_in_another_way_is_a_conflict_for_another_manager()
    {
        await ApplyAsync(Untidy());
        var status = await Refusal.OfAsync(ApplyAsync(Untidy(), "other"));
        const string pod = ".spec.jobTemplate.spec.template.spec";
        Assert.Equal(
            [
                $"{pod}.containers[name=\"main\"].args", $"{pod}.containers[name=\"main\"].env[name=\"TWO\"].value", $"{pod}.containers[name=\"main\"].resources.limits.memory",
                $"{pod}.containers[name=\"main\"].resources.requests.cpu", $"{pod}.containers[name=\"main\"].volumeMounts[mountPath=\"/tmp\"].readOnly",
                $"{pod}.hostNetwork", $"{pod}.volumes[name=\"tmp\"].emptyDir.sizeLimit",
            ],
            status.Details.Causes.Select(cause => cause.Field).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Several_conflicts_are_told_at_once()
    {
        await ApplyAsync(Job());
        await MergeAsync("""{"spec":{"schedule":"5 5 1 1 *","suspend":false}}""", "drifter");
        await ApplyAsync(JsonNode.Parse("""
            {
              "apiVersion": "batch/v1", "kind": "CronJob", "metadata": {"name": "a"},
              "spec": {"jobTemplate": {"spec": {"template": {"spec": {"containers": [{"name": "main", "image": "busybox:1"}]}}}}}
            }
            """)!.AsObject(), "third", force: true);
        var status = await Refusal.OfAsync(ApplyAsync(Job()));
        Assert.StartsWith("Apply failed with 3 conflicts: conflicts with ", status.Message, StringComparison.Ordinal);
        Assert.Contains("\n- .spec.jobTemplate.spec.template.spec.containers[name=\"main\"].image", status.Message, StringComparison.Ordinal);
        Assert.Equal(3, status.Details.Causes.Count);
    }

    [Fact]
    public async Task Drift_is_a_conflict_and_force_puts_it_right()
    {
        await ApplyAsync(Job());
        await MergeAsync("""{"spec":{"schedule":"5 5 1 1 *"}}""", "drifter");
        var status = await Refusal.OfAsync(ApplyAsync(Job()));
        Assert.StartsWith("Apply failed with 1 conflict: conflict with \"drifter\" using batch/v1", status.Message, StringComparison.Ordinal);
        Assert.EndsWith(": .spec.schedule", status.Message, StringComparison.Ordinal);
        var after = await ApplyAsync(Job(), force: true);
        Assert.Equal("0 0 1 1 *", after.Spec.Schedule);
        Assert.DoesNotContain(after.Metadata.ManagedFields, field => field.Manager == "drifter");
    }

    [Fact]
    public async Task A_dry_run_tells_the_result_and_stores_nothing()
    {
        var made = await ApplyAsync(Job(), dryRun: "All");
        Assert.Equal("Allow", made.Spec.ConcurrencyPolicy);
        Assert.Equal(404, (await Refusal.OfAsync(client.BatchV1.ReadNamespacedCronJobAsync("a", Space))).Code);
        var stored = await ApplyAsync(Job());
        var tried = await ApplyAsync(WithSchedule("5 5 1 1 *"), dryRun: "All");
        Assert.Equal(("5 5 1 1 *", 2), (tried.Spec.Schedule, tried.Metadata.Generation));
        var after = await client.BatchV1.ReadNamespacedCronJobAsync("a", Space);
        Assert.Equal((stored.Metadata.ResourceVersion, "0 0 1 1 *"), (after.Metadata.ResourceVersion, after.Spec.Schedule));
    }

    [Fact]
    public async Task An_apply_says_who_it_is_from()
    {
        var status = await Refusal.OfAsync(client.BatchV1.PatchNamespacedCronJobAsync(new V1Patch(Job().ToJsonString(), V1Patch.PatchType.ApplyPatch), "a", Space));
        Assert.Equal((422, "PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Required value: is required for apply patch"), (status.Code, status.Message));
    }

    [Theory]
    [InlineData("bad-schedule", "CronJob.batch \"a\" is invalid: spec.schedule: Invalid value: \"bad-schedule\": expected exactly 5 fields, found 1: [bad-schedule]")]
    [InlineData("", "CronJob.batch \"a\" is invalid: spec.schedule: Required value")]
    public async Task A_schedule_that_is_none_is_invalid(string schedule, string message)
    {
        var status = await Refusal.OfAsync(ApplyAsync(WithSchedule(schedule)));
        Assert.Equal((422, "Invalid", message), (status.Code, status.Reason, status.Message));
        Assert.Equal("spec.schedule", status.Details.Causes[0].Field);
    }

    [Fact]
    public async Task A_name_too_long_for_its_jobs_is_invalid()
    {
        var job = Job();
        job.Meta()["name"] = new string('a', 53);
        var status = await Refusal.OfAsync(ApplyAsync(job));
        Assert.Equal((422, $"CronJob.batch \"{Json.Name(job)}\" is invalid: metadata.name: Invalid value: \"{Json.Name(job)}\": must be no more than 52 characters"), (status.Code, status.Message));
    }
}
