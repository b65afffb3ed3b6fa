using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Manifests;

/// <summary>A first <c>trigger.yaml</c> for somebody to go on from.</summary>
internal static class ManifestTemplate
{
    /// <param name="name">The trigger's name.</param>
    /// <param name="environment">The environment that it is deployed to first.</param>
    public static string For(TriggerName name, EnvironmentName environment) =>
        $$"""
        apiVersion: triggers.gitops/v1
        kind: ScheduledTrigger
        name: {{name}}
        # description: What it is for, in a sentence.

        # build:                     # default: the Dockerfile beside this file
        #   context: .
        #   dockerfile: Dockerfile

        run:
          # env:
          #   LOG_LEVEL: info
          #   API_TOKEN: { secret: {{name}}, key: token }   # a Secret of the environment, by name
          resources: { cpu: 100m, memory: 128Mi }
          timeout: 10m
          retries: 0

        environments:
          {{environment}}:
            schedule: "H * * * *"    # once an hour, at a minute of its own; see also: gitops-triggers next
            timeZone: Etc/UTC
            # expect: { successWithin: 2h, maxDuration: 5m }

        """;
}
