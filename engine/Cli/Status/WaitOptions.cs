using System.CommandLine;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Cli;

/// <summary>How a command is told to wait for passes.</summary>
internal sealed class WaitOptions(string description)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public Option<bool> Wait { get; } = new("--wait", "-w") { Description = description };

    public Option<TimeSpan?> Timeout { get; } = new("--timeout")
    {
        HelpName = "DURATION",
        Description = "With --wait: give up after this time, exit code 1. Default: 5m",
        CustomParser = result =>
        {
            if (!Duration.TryParse(result.Tokens[0].Value, out var duration))
                result.AddError($"'{Shown.Text(result.Tokens[0].Value)}' is not a duration such as 90s or 5m.");
            return duration;
        },
    };

    public TimeSpan Limit(ParseResult parse) => parse.GetValue(Timeout) ?? Patience;
}
