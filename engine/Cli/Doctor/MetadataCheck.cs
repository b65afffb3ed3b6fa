using System.Net.Sockets;
using GitOps.Triggers.Containers;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Cli;

/// <summary>Whether a build or a run on this machine could ask the cloud for this machine's credentials; tried, where there is such a service, by a container.</summary>
internal static class MetadataCheck
{
    private const string What = "cloud metadata";

    private const string Fix = "iptables -I DOCKER-USER -d 169.254.169.254 -p tcp -j REJECT, or what stands for it at this machine's firewall; or give the machine no role that matters.";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static async Task<DoctorLine> RunAsync(EngineConfiguration configuration, Shell shell, CancellationToken ct)
    {
        if (!await AnswersAsync(shell.Clock, ct))
            return DoctorLine.Ok(What, $"No such service answers at {MetadataHook.Address}.");
        if (configuration.AllowCloudMetadata)
            return DoctorLine.Warn(What, "Builds and runs may ask it, and have all that this machine's account may do.", "Remove allowCloudMetadata: true, unless that is wanted.");
        var folder = Directory.CreateTempSubdirectory("gitops-triggers-hooks-").FullName;
        try
        {
            var hooks = ContainerHooks.Of(configuration) with { Folder = folder };
            var engines = new ContainerEngineLocator(shell.Variable(ContainerEngineLocator.Variable), SecretMask.None, shell.Clock) { Hooks = hooks };
            return (await engines.SearchAsync(ct)).Engine is { } engine
                ? await TryAsync(engine, ct)
                : DoctorLine.Warn(What, "It answers, and without a container engine it cannot be tried whether containers reach it.", Fix);
        }
        catch (ContainerException e)
        {
            return DoctorLine.Warn(What, $"It answers, and it could not be tried whether containers reach it: {e.Message}", Fix);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<DoctorLine> TryAsync(ContainerEngine engine, CancellationToken ct)
    {
        if (!await ProbeImage.EnsureAsync(engine, ct))
            return DoctorLine.Warn(What, "It answers, and without the package busybox-static it cannot be tried whether containers reach it.", Fix);
        var outcome = await engine.Command.TryAsync(
            ["run", "--rm", "--entrypoint", ProbeImage.Program, ProbeImage.Name, "nc", "-w", "5", MetadataHook.Address, "80", "-e", ProbeImage.Program, "true"], ct);
        return outcome.Succeeded
            ? DoctorLine.Warn(What, $"It answers to {engine.Name}'s containers: a build or a run can have all that this machine's account may do.", Fix)
            : DoctorLine.Ok(What, $"It answers to this machine, and not to {engine.Name}'s containers.");
    }

    private static async Task<bool> AnswersAsync(TimeProvider time, CancellationToken ct)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(MetadataHook.Address, 80, either.Token);
            return true;
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            ct.ThrowIfCancellationRequested();
            return false;
        }
    }
}
