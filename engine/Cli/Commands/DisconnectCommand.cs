using System.CommandLine;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Web;
using Spectre.Console;

namespace GitOps.Triggers.Cli.Commands;

internal static class DisconnectCommand
{
    public static Command Create(CommandScope scope)
    {
        var repository = new Argument<string>("repository") { Description = "Its name in 'status'" };
        var suspend = new Option<bool>("--suspend") { Description = "Suspend what it deployed instead of taking it down" };
        var yes = new Option<bool>("--yes", "-y") { Description = "Do not ask" };
        var command = scope.Online(new Command("disconnect", "Stop serving a repository: what it deployed is taken down, its history stays") { repository, suspend, yes, scope.Options.Output });
        command.SetAction(async (parse, ct) =>
        {
            using var engine = scope.Connect(parse);
            var name = parse.GetRequiredValue(repository);
            if (!parse.GetValue(yes))
                await Confirmation.RequireAsync(scope.Shell, await ConsequenceAsync(engine, name, parse.GetValue(suspend), ct), ct);
            var reply = await engine.DisconnectAsync(name, parse.GetValue(suspend), ct);
            scope.Output(parse).Write(reply, Show);
            await RemoveHookAsync(scope.Terminal, reply, ct);
            return ExitCode.Fine;
        });
        return command;
    }

    private static async Task<string> ConsequenceAsync(EngineClient engine, string name, bool suspend, CancellationToken ct)
    {
        var deployed = (await engine.TriggersAsync(new TriggerFilter(name, null, null), ct)).Where(trigger => trigger.Release is not null)
            .Select(trigger => $"{trigger.Trigger} in {trigger.Environment}").ToList();
        var what = deployed.Count == 0 ? "; nothing of it is deployed" : $" and {(suspend ? "suspends" : "takes down")} {string.Join(", ", deployed)}";
        return $"This disconnects {name}{what}";
    }

    private static void Show(DisconnectReply reply, IAnsiConsole console)
    {
        console.WriteLine($"Disconnected {reply.Repository}: {reply.Url}");
        console.WriteLine($"What it deployed is being {(reply.TakenDown ? "taken down" : "suspended")} ('gitops-triggers status' shows what is left of it); its releases, builds and runs are kept. It comes back with 'gitops-triggers connect'.");
    }

    private static async Task RemoveHookAsync(Terminal terminal, DisconnectReply reply, CancellationToken ct)
    {
        if (RepositoryUrl.TryParse(reply.Url, out var url) && url.IsLocal && Directory.Exists(url.LocalPath))
        {
            foreach (var hook in await new HookInstaller(url.LocalPath).RemoveAsync(reply.WebhookUrl, ct))
                terminal.Note($"Removed the hook {hook}.");
            return;
        }
        terminal.Note($"If the repository has a webhook to {reply.WebhookUrl}, remove it there.");
    }
}
