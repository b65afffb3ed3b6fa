using GitOps.Triggers.Tests.Containers;

namespace GitOps.Triggers.Tests.Registries;

/// <summary>As <see cref="TestRegistry"/>, for the user <c>engine</c> with <see cref="RegistryBench.Password"/> only.</summary>
public sealed class LockedRegistry : TestRegistry
{
    // bcrypt, at its lowest cost.
    private const string User = "engine:$2b$04$Dfz0qUc5j85OXI3UYj3uE.l/Mq3rrxel9X6cirQQdfSw5FJ3WYfEu";

    protected override string Guard(string folder)
    {
        var users = Path.Combine(folder, "users");
        File.WriteAllText(users, User);
        return $"auth: {{ htpasswd: {{ realm: tests, path: {users} }} }}";
    }
}
