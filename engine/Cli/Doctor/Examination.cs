using GitOps.Triggers.Containers;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Manifests;

namespace GitOps.Triggers.Cli;

/// <summary>Everything that can keep an engine from its work, in the order in which to mend it.</summary>
internal sealed class Examination(Shell shell)
{
    /// <param name="path">The configuration's, absolute.</param>
    /// <param name="connect">Finds the engine and its token.</param>
    /// <param name="say">What is looked at now.</param>
    /// <param name="ct">Ends what it has started.</param>
    public async Task<IReadOnlyList<DoctorLine>> RunAsync(string path, Func<EngineClient> connect, Action<string> say, CancellationToken ct)
    {
        var engines = new ContainerEngineLocator(shell.Variable(ContainerEngineLocator.Variable), SecretMask.None, shell.Clock);
        var lines = new List<DoctorLine> { MachineChecks.Clock(shell.Now), MachineChecks.TimeZones(), await MachineChecks.GitAsync(shell.Folder, ct) };
        var (line, configuration) = Configuration(path);
        if (configuration is not { NeedsContainers: false })
        {
            say("trying a container");
            lines.Add(await MachineChecks.ContainersAsync(engines, ct));
        }
        lines.Add(line);
        if (configuration is null)
            return lines;
        if (configuration.NeedsContainers)
        {
            say("looking for the cloud's metadata service");
            lines.Add(await MetadataCheck.RunAsync(configuration, shell, ct));
        }
        lines.AddRange(SecretChecks.Of(configuration));
        lines.Add(DataChecks.Folder(configuration.DataFolder));
        say("reading the database");
        lines.Add(await DataChecks.DatabaseAsync(configuration.DataFolder, ct));
        if (configuration.Registry is { } registry)
        {
            say("asking the registry");
            lines.Add(await RegistryCheck.RunAsync(registry, shell, ct));
        }
        say("asking the engine");
        var engine = await EngineChecks.AllAsync(configuration, connect, ct);
        lines.AddRange(engine);
        if (configuration.Builder.Cluster is { } cluster)
        {
            say("asking the builds' cluster");
            lines.Add(await BuilderCheck.OnClusterAsync(cluster, shell.Clock, ct));
            lines.Add(BuilderCheck.Images(configuration.Builder, cluster));
        }
        else if (engine.All(line => line.What != "builder"))
        {
            lines.Add(await BuilderCheck.RunAsync(configuration.Builder, engines, ct));
        }
        return lines;
    }

    private static (DoctorLine Line, EngineConfiguration? Configuration) Configuration(string path)
    {
        var shown = Shown.Text(path, 400);
        if (!File.Exists(path))
            return (DoctorLine.Fail("configuration", $"There is no {shown}.", $"Name it with --config or ${ConfigFile.Variable}, or go to the folder of engine.yaml."), null);
        // The files of secrets have lines of their own.
        var reading = EngineConfigurationReader.Read(path, File.ReadAllBytes(path), _ => "present");
        if (reading.Configuration is null)
            return (DoctorLine.Fail("configuration", $"{shown} has {Words.Count(reading.Findings.Count, "finding")}.", $"gitops-triggers lint --engine-config {shown}"), null);
        return (reading.Findings.Count == 0
            ? DoctorLine.Ok("configuration", $"{shown}: {string.Join(", ", reading.Configuration.Environments.Select(environment => environment.Name))}")
            : DoctorLine.Warn("configuration", $"{shown} has {Words.Count(reading.Findings.Count, "warning")}.", $"gitops-triggers lint --engine-config {shown}"), reading.Configuration);
    }
}
