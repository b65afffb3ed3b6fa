using System.CommandLine;
using System.CommandLine.Help;
using System.Text;
using GitOps.Triggers.Cli;

namespace GitOps.Triggers.Tests.Cli;

/// <summary>The commands as a manual page, man(7).</summary>
internal static class ManPage
{
    public static string Write()
    {
        var root = CommandLine.Create((_, _) => Task.FromResult(0), Shell.OfProcess());
        var page = new StringBuilder();
        page.Append(""".\" Written by a test from the commands themselves: UPDATE_DOCS=1 ./test.sh -class '*CommandReferenceSpecs'""").Append('\n');
        page.Append(".TH GITOPS-TRIGGERS 1\n");
        page.Append(".SH NAME\ngitops-triggers \\- ").Append(Text(char.ToLowerInvariant(root.Description![0]) + root.Description[1..].TrimEnd('.'))).Append('\n');
        page.Append(".SH SYNOPSIS\n.B gitops-triggers\n.I command\n[arguments] [options]\n");
        page.Append(".SH COMMANDS\n");
        foreach (var command in root.Subcommands.Where(command => !command.Hidden))
            Write(page, command);
        page.Append("""
            .SH FILES
            .TP
            .I engine.yaml
            The engine's configuration, in the current folder unless \-\-config or GITOPS_TRIGGERS_CONFIG names another.
            .TP
            .I trigger.yaml
            What a repository asks for, one for each trigger.
            .SH ENVIRONMENT
            .TP
            .B GITOPS_TRIGGERS_CONFIG
            The engine's configuration.
            .TP
            .B GITOPS_TRIGGERS_DEBUG
            Set to anything, it shows the stack of a defect.
            .TP
            .B NO_COLOR
            Set to anything, nothing is coloured.
            .SH EXIT STATUS
            .TP
            .B 0
            Fine.
            .TP
            .B 1
            There are findings or differences, or the run failed.
            .TP
            .B 2
            The command line or the request makes no sense.
            .TP
            .B 3
            The engine, a file or a program that is needed is not there.

            """);
        return page.ToString();
    }

    private static void Write(StringBuilder page, Command command)
    {
        page.Append(".SS ").Append(Text(command.Name)).Append('\n');
        page.Append(".B gitops\\-triggers ").Append(Text(command.Name)).Append('\n');
        foreach (var argument in command.Arguments)
            page.Append(Text(argument.Arity.MinimumNumberOfValues == 0 ? $"[{NameOf(argument)}]" : NameOf(argument))).Append('\n');
        page.Append("[options]\n.PP\n").Append(Text(command.Description!)).Append(".\n");
        foreach (var argument in command.Arguments.Where(argument => argument.Description is not null))
            page.Append(".TP\n.I ").Append(Text(NameOf(argument))).Append('\n').Append(Text(argument.Description!)).Append(".\n");
        foreach (var option in command.Options.Where(option => !option.Hidden && option is not HelpOption))
        {
            var names = string.Join(", ", option.Aliases.Append(option.Name).OrderBy(name => name.Length));
            page.Append(".TP\n.B ").Append(Text(names));
            if (option.HelpName is { } value)
                page.Append(" \\fI").Append(Text(value)).Append("\\fR");
            page.Append('\n').Append(Text(option.Description!)).Append(".\n");
        }
    }

    private static string NameOf(Argument argument) => argument.HelpName ?? argument.Name;

    /// <summary>As it is: a backslash, a hyphen that is to be copied, what is not ASCII, and a line that begins like a request.</summary>
    private static string Text(string text)
    {
        var escaped = text.Replace("\\", "\\e", StringComparison.Ordinal).Replace("-", "\\-", StringComparison.Ordinal);
        escaped = string.Concat(escaped.Select(c => char.IsAscii(c) ? c.ToString() : FormattableString.Invariant($"\\[u{(int)c:X4}]")));
        return escaped.StartsWith('.') || escaped.StartsWith('\'') ? "\\&" + escaped : escaped;
    }
}
