using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Cli;

/// <summary>An <c>H</c> becomes numbers by the repository's identity: says which one was taken, since a wrong one gives wrong times.</summary>
internal static class SpreadNote
{
    public static void Show(Terminal terminal, LocalManifests local, IEnumerable<TriggerManifest> manifests, EnvironmentName? environment)
    {
        var spread = manifests.Any(manifest => manifest.Environments.Keys.Any(name => (environment is null || environment == name) && local.IsSpread(manifest, name)));
        if (!spread)
            return;
        terminal.Note(local.Checkout.Origin is { } origin
            ? $"H is resolved for {origin}, the remote 'origin'. An engine that knows the repository by a provider's number or another URL spreads it otherwise: 'next TRIGGER' asks it."
            : "H is resolved for a repository that has no remote 'origin' yet: the engine will spread it otherwise.");
    }
}
