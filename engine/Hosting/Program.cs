// From here: what people type is in Cli, the engine itself in EngineHost, and a push's way through it in Pipeline/Reconciler.
return await GitOps.Triggers.Cli.CommandLine.RunAsync(args, GitOps.Triggers.Hosting.EngineHost.RunAsync);
