namespace GitOps.Triggers.Tests.Examples;

public sealed class HealthCheckImage() : ExampleImage("health-check", baseName: "python", cpus: "0.5");
