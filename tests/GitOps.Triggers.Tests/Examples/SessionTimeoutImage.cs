namespace GitOps.Triggers.Tests.Examples;

public sealed class SessionTimeoutImage() : ExampleImage("session-timeout", baseName: "busybox", cpus: "0.1");
