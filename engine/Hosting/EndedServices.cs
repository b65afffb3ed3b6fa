using GitOps.Triggers.Cli;
using Microsoft.Extensions.Hosting;

namespace GitOps.Triggers.Hosting;

/// <summary>
/// An engine whose clock, queue or inbox has ended works no longer, so the host stops when a service of its fails. It would end as if somebody had
/// asked it to: this makes it end with words and an exit code by which a supervisor starts it again.
/// </summary>
internal static class EndedServices
{
    /// <exception cref="CliException">A service has failed.</exception>
    public static void Check(IEnumerable<IHostedService> services)
    {
        foreach (var service in services.OfType<BackgroundService>())
        {
            if (service.ExecuteTask is { IsFaulted: true, Exception: var failure })
                throw CliException.Environment($"The engine ended: {service.GetType().Name} failed: {failure!.GetBaseException().Message}", "Its log has the details. Start it again: what was due is stored.");
        }
    }
}
