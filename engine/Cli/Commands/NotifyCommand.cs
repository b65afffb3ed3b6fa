using System.CommandLine;

namespace GitOps.Triggers.Cli.Commands;

/// <summary>What the installed hook calls; not for people.</summary>
internal static class NotifyCommand
{
    public static Command Create(CommandScope scope)
    {
        var repository = new Option<string>("--repository-url") { Required = true };
        var name = new Option<string>("--repository-name") { Required = true };
        var webhook = new Option<Uri>("--webhook") { Required = true, CustomParser = result => new Uri(result.Tokens[0].Value) };
        var secret = new Option<string>("--secret-file") { Required = true };
        var command = new Command(PushNotice.Command, "Tell the engine of a push, as git's post-receive hook") { repository, name, webhook, secret };
        command.Hidden = true;
        command.SetAction(async (parse, ct) =>
        {
            var notice = new PushNotice(parse.GetRequiredValue(repository), parse.GetRequiredValue(name), parse.GetRequiredValue(webhook), parse.GetRequiredValue(secret));
            await new PushNotifier(scope.Shell, notice).NotifyAsync(await ReadAsync(scope.Shell.Input, ct), ct);
            return ExitCode.Fine;
        });
        return command;
    }

    private static async Task<IReadOnlyList<RefUpdate>> ReadAsync(TextReader input, CancellationToken ct)
    {
        var updates = new List<RefUpdate>();
        while (await input.ReadLineAsync(ct) is { } line)
        {
            if (RefUpdate.Read(line) is { } update)
                updates.Add(update);
        }
        return updates;
    }
}
