// From here: what people type is in Cli, the engine itself in EngineHost; its PassLoop takes what a push made due through Pipeline/Reconciler.
return await GitOps.Triggers.Cli.CommandLine.RunAsync(args, GitOps.Triggers.Hosting.EngineHost.RunAsync);
