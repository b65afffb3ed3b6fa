using System.CommandLine;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Cli;

/// <summary>Says what is wrong with a command line, what was probably meant, and where to read on.</summary>
internal static class UsageProblem
{
    public static int Show(ParseResult parse, Terminal terminal)
    {
        var command = parse.CommandResult.Command;
        var name = command is RootCommand ? "gitops-triggers" : $"gitops-triggers {command.Name}";
        var messages = parse.UnmatchedTokens.Count > 0 ? [Unmatched(parse.UnmatchedTokens[0], command)] : parse.Errors.Select(error => error.Message).Distinct();
        foreach (var message in messages)
            terminal.Problem(message, "");
        terminal.Note($"  See '{name} --help'.");
        return ExitCode.Usage;
    }

    private static string Unmatched(string token, Command command)
    {
        var isOption = token.StartsWith('-');
        IEnumerable<string> known = isOption
            ? command.Options.Where(option => !option.Hidden).SelectMany(option => option.Aliases.Append(option.Name))
            : command.Subcommands.Where(sub => !sub.Hidden).Select(sub => sub.Name);
        var kind = isOption ? "option" : command.Subcommands.Count > 0 ? "command" : "argument";
        var meant = Nearest.To(token, known);
        return $"There is no {kind} '{Shown.Text(token)}' here." + (meant is null ? "" : $" Did you mean '{meant}'?");
    }
}
