using System.Net.Http.Headers;

namespace GitOps.Triggers.Registries;

/// <param name="Header">What goes with each request; none: there is nothing to show.</param>
/// <param name="Shown">What it was made of; none: whoever asks is anybody.</param>
internal sealed record Admitted(AuthenticationHeaderValue? Header, RegistryCredentials? Shown);
