namespace GitOps.Triggers.Tests.Examples;

public sealed class IssueSummaryImage() : ExampleImage("issue-summary", baseName: "node", cpus: "0.5");
