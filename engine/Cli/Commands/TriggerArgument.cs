using System.CommandLine;

namespace GitOps.Triggers.Cli.Commands;

internal static class TriggerArgument
{
    public static Argument<string> Required() => new("trigger") { Description = "The trigger's name" };

    public static Argument<string?> Optional() => new("trigger") { Description = "Only this trigger", Arity = ArgumentArity.ZeroOrOne };

    public static Option<int> Limit(int otherwise)
    {
        var limit = new Option<int>("--limit", "-n") { HelpName = "COUNT", Description = "At most so many, the newest", DefaultValueFactory = _ => otherwise };
        limit.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 1000)
                result.AddError("--limit takes a number from 1 to 1000.");
        });
        return limit;
    }
}
