using GitOps.Triggers.Domain;
using GitOps.Triggers.Registries;

namespace GitOps.Triggers.Cli;

/// <summary>Whether the registry answers, and lets the engine's user in.</summary>
internal static class RegistryCheck
{
    public static async Task<DoctorLine> RunAsync(RegistrySettings settings, Shell shell, CancellationToken ct)
    {
        using var registries = new RegistryDirectory(settings, new SecretVault(), shell.Variable, shell.Clock);
        try
        {
            return DoctorLine.Ok("registry", await registries.Of(settings.Host).GreetAsync(ct) is { } origin
                ? $"{settings.Host} answers, and accepts the credentials from {Shown.Text(origin, 400)}"
                : $"{settings.Host} answers, and lets anybody in");
        }
        catch (RegistryException failure)
        {
            return DoctorLine.Fail("registry", failure.Problem, failure.Fix);
        }
    }
}
