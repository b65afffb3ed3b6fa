using System.CommandLine;
using GitOps.Triggers.Domain;
using Spectre.Console;

namespace GitOps.Triggers.Cli.Commands;

internal static class DiffCommand
{
    public static Command Create(CommandScope scope)
    {
        var path = PathArgument.Create();
        var environment = PathArgument.Environment("The environment to compare with");
        var command = scope.Online(new Command("diff", "What a push of this folder would change in an environment; exit code 1 when it would change something") { path, environment, scope.Options.Repository, scope.Options.Output });
        command.SetAction(async (parse, ct) =>
        {
            using var engine = scope.Connect(parse);
            var folder = scope.Shell.FullPath(parse.GetRequiredValue(path));
            var definition = new PreviewEnvironment(scope.Shell).Find(parse.GetRequiredValue(environment), parse.GetValue(scope.Options.Config));
            var checkout = (await LocalManifests.ReadAsync(folder, environments: null, id: null, ct)).Checkout;
            var repository = await RepositoryAsync(engine, checkout, parse.GetValue(scope.Options.Repository), ct);
            var local = (await LocalManifests.ReadAsync(folder, environments: null, repository.Id, ct)).RequireNoErrors();
            var deployed = await engine.RenderedTriggersAsync(new TriggerFilter(repository.Name, definition.Name.Value, null), ct);
            var diffs = await new WorkingTreeDiff(local, repository, definition).CompareAsync(deployed, folder == local.Checkout.Root, ct);
            scope.Output(parse).Write(diffs, (rows, console) => Show(rows, console, definition.Name.Value));
            return diffs.All(diff => diff.Change == TriggerDiff.Same) ? ExitCode.Fine : ExitCode.Findings;
        });
        return command;
    }

    private static async Task<Repository> RepositoryAsync(EngineClient engine, Checkout checkout, string? name, CancellationToken ct)
    {
        var connected = await engine.RepositoriesAsync(ct);
        var found = connected.FirstOrDefault(repository => name is null ? repository.Url == checkout.Origin?.Value : repository.Name == name);
        if (found is not null)
            return new Repository { Id = RepositoryId.Parse(found.Id), Name = found.Name, Url = RepositoryUrl.Parse(found.Url) };
        var known = connected.Count == 0 ? "It serves none." : $"It serves {string.Join(", ", connected.Select(repository => repository.Name))}; name one with --repository.";
        throw CliException.Usage(
            name is null ? $"The engine does not serve {checkout.Origin?.Value ?? "a folder without a remote 'origin'"}." : $"The engine serves no repository '{Shown.Text(name)}'.",
            known + " Another: gitops-triggers connect URL");
    }

    private static void Show(IReadOnlyList<TriggerDiff> diffs, IAnsiConsole console, string environment)
    {
        if (diffs.Count == 0)
            console.WriteLine($"No manifest here names {environment}, and nothing of this repository runs there.");
        foreach (var diff in diffs)
        {
            console.MarkupLineInterpolated($"[bold]{Shown.Text(diff.Trigger)} in {environment}[/]: {(diff.Change == TriggerDiff.Same ? "nothing changes" : diff.Change)}{(diff.Image is null ? "" : $"; image: {diff.Image}")}");
            foreach (var line in diff.Diff.Split('\n', StringSplitOptions.RemoveEmptyEntries))
                console.Write(new Text(Shown.Text(line, 4000) + "\n", StyleOf(line)));
        }
    }

    private static Style StyleOf(string line) => line switch
    {
        _ when line.StartsWith("---", StringComparison.Ordinal) || line.StartsWith("+++", StringComparison.Ordinal) => new Style(decoration: Decoration.Bold),
        _ when line.StartsWith("@@", StringComparison.Ordinal) => new Style(Color.Aqua),
        _ when line.StartsWith('+') => new Style(Color.Green),
        _ when line.StartsWith('-') => new Style(Color.Red),
        _ => Style.Plain,
    };
}
