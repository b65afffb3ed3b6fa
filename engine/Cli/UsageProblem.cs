using System.CommandLine;
using System.CommandLine.Parsing;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Cli;

/// <summary>Says what is wrong with a command line, what was probably meant, and where to read on.</summary>
internal static class UsageProblem
{
    public static int Show(ParseResult parse, Terminal terminal)
    {
        var command = parse.CommandResult.Command;
        var name = command is RootCommand ? "gitops-triggers" : $"gitops-triggers {command.Name}";
        var stray = StrayOption(parse) ?? parse.UnmatchedTokens.FirstOrDefault();
        var messages = stray is not null ? [Unmatched(stray, command)] : parse.Errors.Select(error => error.Message).Distinct();
        foreach (var message in messages)
            terminal.Problem(message, "");
        terminal.Note($"  See '{name} --help'.");
        return ExitCode.Usage;
    }

    /// <summary>A word like an option that the parser took for an argument: a mistyped option, unless it follows '--'.</summary>
    public static string? StrayOption(ParseResult parse) => parse.CommandResult.Children.OfType<ArgumentResult>()
        .SelectMany(argument => argument.Tokens)
        .FirstOrDefault(token => token.Value is ['-', _, ..] && !StandsAfterDashes(parse, token))?.Value;

    public static bool StandsAfterDashes(ParseResult parse, Token token) =>
        parse.Tokens.SkipWhile(one => one.Type != TokenType.DoubleDash).Any(one => ReferenceEquals(one, token));

    private static string Unmatched(string token, Command command)
    {
        var isOption = token.StartsWith('-');
        List<string> known = [.. isOption
            ? command.Options.Where(option => !option.Hidden).SelectMany(option => option.Aliases.Append(option.Name))
            : command.Subcommands.Where(sub => !sub.Hidden).Select(sub => sub.Name)];
        if (known.Contains(token))
            return $"'{token}' stands after the command: gitops-triggers {command.Name} {token}.";
        var kind = isOption ? "option" : command.Subcommands.Count > 0 ? "command" : "argument";
        var meant = known.Count > 0 ? Nearest.To(token, known) : null;
        return $"There is no {kind} '{Shown.Text(token)}' here." + (meant is null ? "" : $" Did you mean '{meant}'?");
    }
}
