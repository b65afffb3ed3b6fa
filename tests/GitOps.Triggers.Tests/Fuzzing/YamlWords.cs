namespace GitOps.Triggers.Tests.Fuzzing;

internal static class YamlWords
{
    public static IReadOnlyList<string> Any { get; } =
    [
        ": ", "- ", "\n  ", "\n    ", "\n- ", "? ", "|\n", "|-\n", ">-\n", "|2\n", "&a ", "*a", "!t ", "!!str ", "---\n", "...\n", "%YAML 1.2\n", "<<: ", "\"\\x41\"", "\"\\u0000\"", "\"\\ud83d\"", "[]", "{}", "[a, b]", "{ a: b }",
        "~", "yes", "on", "0o17", ".inf", ".nan", "1_000", "12:30:45", "2020-01-01", "x-note: ", "# comment\n", "{{ a }}", "\"",
    ];

    public static IReadOnlyList<string> Trigger { get; } =
    [
        "apiVersion: triggers.gitops/v1\n", "kind: ScheduledTrigger\n", "name: ", "description: ", "build:\n", "  context: ", "  dockerfile: ", "  target: ", "  args:\n", "run:\n", "  command: [sh]\n", "  args: [a]\n", "  env:\n",
        "    A: { secret: a, key: b }\n", "    A: { config: a, key: b }\n", "    TRIGGER_NAME: x\n", "  files:\n", "    /etc/a: { secret: a, key: b }\n", "    /proc/a: { config: a, key: b }\n", "  resources: { cpu: 100m, memory: 128Mi }\n",
        "  timeout: ", "  retries: ", "  concurrency: ", "Forbid", "Replace", "Allow", "  startingDeadline: ", "environments:\n", "  dev:\n", "  prod:\n", "    schedule: ", "    timeZone: ", "    enabled: false\n", "    suspended: true\n",
        "\"*/15 * * * *\"", "H 9 * * MON-FRI", "H(0-29)/10 * * * *", "@daily", "@every 5m", "0 0 31 2 *", "Europe/Oslo", "Etc/UTC", "10m", "1h30m", "90s", "7d", "0s", "500m", "0.5", "1e3", "128Mi", "128m", "4Ti", "6Mi",
        "expect:\n", "  within: ", "\"$(HOME)\"", "$$", "\"a\\nb\"", "'a'",
    ];

    public static IReadOnlyList<string> Engine { get; } =
    [
        "data: ./data\n", "server:\n", "  url: ", "  listen: ", "  metrics: ", "http://127.0.0.1:8080", "https://example.com", "http://[::1]:80", "file:///etc/passwd", "http://user:pass@host/", "environments:\n", "  - name: dev\n", "    branch: main\n",
        "    promotesFrom: dev\n", "    target: { kind: local }\n", "    target: { kind: kubernetes, namespace: \"trg-{repository}\" }\n", "    gates: { successfulRuns: 3, bake: 1h }\n", "    freeze:\n", "      - { start: \"0 0 * * FRI\", for: 2d }\n",
        "registry: { prefix: registry.example.com/a }\n", "  credentialsFile: ", "  plainHttp: true\n", "builder: { kind: local }\n", "builder: { kind: kaniko }\n", "webhooks: { secretFiles: [ ./secret ] }\n", "repositories:\n", "  - url: ",
        "git@github.com:a/b.git", "ssh://git@host:22/a", "https://github.com/a/b.git", "resync: ", "limits:\n", "  contextEntries: ", "github:\n", "database: ", "10s", "5m", "1d", "2g", "64KiB", "*", "{repository}", "/absolute", "../up",
        "kubeconfig: ./kube\n", "context: ", "quota: { cpu: 1, memory: 1Gi }\n",
    ];
}
