using GitOps.Triggers.Tests.Support.ApiServer;

namespace GitOps.Triggers.Tests.EndToEnd.Kills;

/// <summary>What an engine asks that deploys to a cluster.</summary>
internal sealed record KillCluster(ApiServer Server, RegistryGate Registry);
