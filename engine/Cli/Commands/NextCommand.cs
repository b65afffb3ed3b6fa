using System.CommandLine;

namespace GitOps.Triggers.Cli.Commands;

internal static class NextCommand
{
    public static Command Create(CommandScope scope)
    {
        var what = new Argument<string?>("trigger-or-path") { Description = "A trigger of the engine, or a manifest or folder on this disk. Default: here", Arity = ArgumentArity.ZeroOrOne };
        var schedule = new Option<string?>("--schedule") { HelpName = "CRON", Description = "This schedule in place of a trigger's, such as '0 9 * * MON-FRI'" };
        var zone = new Option<string>("--time-zone") { HelpName = "ZONE", Description = "With --schedule: such as Europe/Oslo", DefaultValueFactory = _ => "Etc/UTC" };
        var count = new Option<int>("--count", "-n") { HelpName = "COUNT", Description = "How many times to show", DefaultValueFactory = _ => 5 };
        count.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 1000)
                result.AddError("--count takes a number from 1 to 1000.");
        });
        var command = scope.OnlineForTriggers(new Command("next", "When a trigger runs next, in words, in its own zone and in UTC") { what, schedule, zone, count, scope.Options.Output });
        command.Validators.Add(result =>
        {
            if (result.GetValue(schedule) is not null && result.GetValue(what) is not null)
                result.AddError("Give a trigger or a --schedule, not both.");
        });
        command.SetAction(async (parse, ct) =>
        {
            var reader = new NextReader(scope.Shell, parse.GetValue(count));
            var views = parse.GetValue(schedule) is { } written
                ? [reader.Written(written, parse.GetRequiredValue(zone))]
                : await ReadAsync(scope, parse, reader, parse.GetValue(what) ?? ".", ct);
            scope.Output(parse).Write(views, (rows, console) => NextText.Show(rows, console, scope.Shell.Now));
            return ExitCode.Fine;
        });
        return command;
    }

    /// <summary>What is there on the disk is meant as a path; anything else as a name.</summary>
    private static async Task<IReadOnlyList<NextView>> ReadAsync(CommandScope scope, ParseResult parse, NextReader reader, string what, CancellationToken ct)
    {
        var path = scope.Shell.FullPath(what);
        if (what.Contains('/', StringComparison.Ordinal) || what == "." || File.Exists(path) || File.Exists(Path.Combine(path, WorkingTree.ManifestName)))
        {
            var views = await reader.LocalAsync(path, parse.GetValue(scope.Options.Environment), ct);
            scope.Terminal.Note($"As written in {what}, deployed or not.");
            return views;
        }
        using var engine = scope.Connect(parse);
        return await reader.DeployedAsync(engine, scope.Filter(parse, what), ct);
    }
}
