using GitOps.Triggers.Tests.Containers;

namespace GitOps.Triggers.Tests.Registries;

/// <summary>As <see cref="TestRegistry"/>, for the user <c>engine</c> with <see cref="RegistryBench.Password"/>.</summary>
public sealed class LockedRegistry : TestRegistry
{
    public LockedRegistry() => AsksForLogin = true;
}
