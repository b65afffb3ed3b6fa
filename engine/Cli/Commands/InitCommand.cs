using System.CommandLine;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Cli.Commands;

internal static class InitCommand
{
    public static Command Create(CommandScope scope)
    {
        var folder = new Argument<string>("folder") { Description = "The folder with the Dockerfile. Default: here", DefaultValueFactory = _ => "." };
        var name = new Option<string?>("--name") { HelpName = "NAME", Description = "The trigger's name. Default: the folder's" };
        var schedule = new Option<string>("--schedule") { HelpName = "CRON", Description = "When it runs", DefaultValueFactory = _ => "0 9 * * MON-FRI" };
        var zone = new Option<string?>("--time-zone") { HelpName = "ZONE", Description = "Such as Europe/Oslo. Default: this machine's" };
        var command = new Command("init", "Write a trigger.yaml to begin with; never over one that is there") { folder, name, schedule, zone, scope.Options.Config };
        command.SetAction(async (parse, ct) =>
        {
            var path = scope.Shell.FullPath(parse.GetRequiredValue(folder));
            var manifest = new StartingManifest(
                Name(parse.GetValue(name), path),
                parse.GetRequiredValue(schedule),
                parse.GetValue(zone) ?? HereOrUtc(),
                new ConfigFile(scope.Shell).Environments(parse.GetValue(scope.Options.Config)) ?? [EnvironmentName.Parse("dev"), EnvironmentName.Parse("prod")]);
            var file = Path.Combine(path, WorkingTree.ManifestName);
            await WriteAsync(file, manifest.Text(), ct);
            SayWhatNext(scope.Shell, path, file);
            return ExitCode.Fine;
        });
        return command;
    }

    private static TriggerName Name(string? given, string folder)
    {
        var text = given ?? DnsLabel.From(Path.GetFileName(Path.TrimEndingDirectorySeparator(folder)), TriggerName.Longest);
        return TriggerName.TryParse(text, out var name)
            ? name
            : throw CliException.Usage($"'{Shown.Text(text)}' is not a trigger name.", $"Give one with --name: lower-case letters, digits and dashes, at most {TriggerName.Longest} characters.");
    }

    private static string HereOrUtc() => IanaTimeZone.TryParse(TimeZoneInfo.Local.Id, out var here, out _) ? here.Id : "Etc/UTC";

    private static async Task WriteAsync(string file, string text, CancellationToken ct)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        try
        {
            await using var stream = new FileStream(file, FileMode.CreateNew, FileAccess.Write);
            await using var writer = new StreamWriter(stream);
            await writer.WriteAsync(text.AsMemory(), ct);
        }
        catch (IOException) when (File.Exists(file))
        {
            throw CliException.Usage($"There is a {Shown.Text(file, 400)} already; it was left as it is.", "Check it with 'gitops-triggers lint'.");
        }
    }

    private static void SayWhatNext(Shell shell, string folder, string file)
    {
        var seen = Path.GetRelativePath(shell.Folder, file);
        var steps = new List<string> { $"Wrote {seen}. What next:" };
        if (!File.Exists(Path.Combine(folder, "Dockerfile")))
            steps.Add($"  write {Path.Combine(Path.GetDirectoryName(seen)!, "Dockerfile")}: what it starts is your job");
        steps.Add($"  gitops-triggers lint {seen}");
        steps.Add($"  gitops-triggers next ./{seen}");
        steps.Add("  commit and push it to the branch of the first environment");
        steps.Add("  gitops-triggers connect URL      (once for each repository)");
        steps.Add("  gitops-triggers status --wait");
        foreach (var step in steps)
            shell.Terminal.Note(step);
    }
}
