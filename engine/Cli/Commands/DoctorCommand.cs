using System.CommandLine;
using GitOps.Triggers.Domain;
using Spectre.Console;

namespace GitOps.Triggers.Cli.Commands;

internal static class DoctorCommand
{
    public static Command Create(CommandScope scope)
    {
        var command = scope.Online(new Command("doctor", "Look at this machine and the engine's set-up, and say how to mend what is wrong; exit code 3 when something is") { scope.Options.Output });
        command.SetAction(async (parse, ct) =>
        {
            var path = new ConfigFile(scope.Shell).Path(parse.GetValue(scope.Options.Config));
            var lines = await Progress.ShowAsync(scope.Terminal, "looking at the machine", say => new Examination(scope.Shell).RunAsync(path, () => scope.Connect(parse), say, ct));
            scope.Output(parse).Write(lines, (rows, console) => console.Write(Table(rows)));
            return lines.Any(line => line.State == DoctorState.Fail) ? ExitCode.Environment : ExitCode.Fine;
        });
        return command;
    }

    private static Table Table(IReadOnlyList<DoctorLine> lines)
    {
        var table = Cells.Table("", "", "").HideHeaders();
        foreach (var line in lines)
        {
            var (word, colour) = line.State switch
            {
                DoctorState.Ok => ("ok", Color.Green),
                DoctorState.Warn => ("warn", Color.Yellow),
                _ => ("fail", Color.Red),
            };
            table.AddRow(new Text(word, new Style(colour)), new Text(line.What), new Text(Shown.Text(line.Message, 1000)));
            foreach (var fix in line.Fix?.Split('\n') ?? [])
                table.AddRow(Text.Empty, Text.Empty, Cells.Dim(fix));
        }
        return table;
    }
}
