using System.CommandLine;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Web;
using Spectre.Console;

namespace GitOps.Triggers.Cli.Commands;

internal static class ConnectCommand
{
    public static Command Create(CommandScope scope)
    {
        var url = new Argument<string>("url") { Description = "Any URL that git can fetch from (https://, ssh://, git@host:path, file:///), or a folder on this disk" };
        var name = new Option<string?>("--name") { HelpName = "NAME", Description = "What to call it here. Default: the URL's last part" };
        var gitToken = new Option<string?>("--git-token-file") { HelpName = "FILE", Description = "On the engine's machine: a token for https://" };
        var sshKey = new Option<string?>("--ssh-key-file") { HelpName = "FILE", Description = "On the engine's machine: a private key for ssh://" };
        var noHook = new Option<bool>("--no-hook") { Description = "Install no post-receive hook in a bare repository on this disk" };
        var command = scope.Online(new Command("connect", "Let the engine serve a repository") { url, name, gitToken, sshKey, noHook, scope.Options.Output });
        command.SetAction(async (parse, ct) =>
        {
            var repository = Address(scope.Shell, parse.GetRequiredValue(url));
            using var engine = scope.Connect(parse);
            var request = new ConnectRequest(repository.Value, parse.GetValue(name), Full(scope.Shell, parse.GetValue(gitToken)), Full(scope.Shell, parse.GetValue(sshKey)));
            var reply = await engine.ConnectAsync(request, ct);
            var output = scope.Output(parse);
            output.Write(reply, (view, console) => console.WriteLine($"Connected {view.Repository.Name}: {view.Repository.Url}"));
            await HearPushesAsync(scope, repository, reply, parse.GetValue(noHook), ct);
            if (output.IsForPeople)
                scope.Terminal.Note($"Watch it: gitops-triggers status -r {reply.Repository.Name} --wait");
            return ExitCode.Fine;
        });
        return command;
    }

    private static async Task HearPushesAsync(CommandScope scope, RepositoryUrl repository, ConnectReply reply, bool noHook, CancellationToken ct)
    {
        if (noHook)
            return;
        if (repository.IsLocal && Directory.Exists(repository.LocalPath))
        {
            var notice = new PushNotice(reply.Repository.Url, reply.Repository.Name, new Uri(reply.WebhookUrl), reply.WebhookSecretFile);
            var result = await new HookInstaller(repository.LocalPath).InstallAsync(HookScript.Of(scope.Shell.Program, notice), ct);
            var lines = result.Message.Split('\n');
            if (result.Installed)
                scope.Terminal.Note(lines[0]);
            else
                scope.Terminal.Warning(lines[0]);
            foreach (var line in lines.Skip(1))
                scope.Terminal.Note(line);
            return;
        }
        scope.Terminal.Note("To have a push heard at once, add a webhook to the repository:");
        scope.Terminal.Note($"  payload URL   {reply.WebhookUrl}");
        scope.Terminal.Note("  content type  application/json");
        scope.Terminal.Note($"  secret        what stands in {reply.WebhookSecretFile}");
        scope.Terminal.Note("  events        pushes and pull requests");
        scope.Terminal.Note("Without it the engine finds a push at its next resync.");
    }

    /// <summary>A folder becomes its <c>file://</c> URL.</summary>
    private static RepositoryUrl Address(Shell shell, string text)
    {
        var folder = shell.FullPath(text);
        var address = !text.Contains("://", StringComparison.Ordinal) && Directory.Exists(folder) ? new Uri(folder).AbsoluteUri : text;
        return RepositoryUrl.TryParse(address, out var url)
            ? url
            : throw CliException.Usage($"'{Masked(text)}' is not the URL of a repository.", "Use https://, ssh://, git@host:path, file:/// or a folder, without a password in it: tokens and keys come from files (--git-token-file, --ssh-key-file).");
    }

    private static string? Full(Shell shell, string? path) => path is null ? null : shell.FullPath(path);

    // What stands before an @ may be a password.
    private static string Masked(string text) => Shown.Text(text.LastIndexOf('@') is > 0 and var at ? "…" + text[at..] : text);
}
