using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using GitOps.Triggers.Cli;
using GitOps.Triggers.Tests.Support;
using Xunit;

namespace GitOps.Triggers.Tests.Cli;

/// <summary>With a real git, a real bare repository, the real hook and the real program.</summary>
public sealed class HookSpecs : IAsyncLifetime
{
    private const string Secret = "it's a $ecret";
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "gitops-triggers");
    private static readonly string None = new('0', 40);

    private readonly TempFolder files = new();
    private GitFolder git = null!;
    private WebhookServer server = null!;

    // With a quote, since it goes through a shell.
    private string SecretFile => files["it's the secret"];

    public async ValueTask InitializeAsync()
    {
        git = await GitFolder.CreateAsync();
        server = await WebhookServer.StartAsync();
        files.Write("it's the secret", Secret + "\n");
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        git.Dispose();
        files.Dispose();
    }

    [Fact]
    public async Task A_push_is_heard_as_GitHub_would_tell_of_it()
    {
        await InstallAsync();
        var first = await git.CommitAsync("one");
        await git.PushAsync("main");
        var second = await git.CommitAsync("two");
        await git.PushAsync("main", "main:refs/heads/prod", "main:refs/tags/v1");

        var pushes = server.Pushes.ToArray();
        Assert.Equal(3, pushes.Length);
        Assert.All(pushes, push => Assert.Equal("push", push.Event));
        Assert.All(pushes, push => Assert.Equal("sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), push.Body)), push.Signature));
        Assert.Equal(3, pushes.Select(push => Guid.Parse(push.Guid!)).Distinct().Count());
        Assert.Equal(("refs/heads/main", None, first, true, false), Told(pushes[0]));
        Assert.Equal(("refs/heads/main", first, second, false, false), Told(pushes.Single(push => push.Json.GetProperty("before").GetString() == first)));
        Assert.Contains(pushes, push => Told(push) == ("refs/heads/prod", None, second, true, false));
        Assert.All(pushes, push => Assert.Equal(git.Url, push.Json.GetProperty("repository").GetProperty("clone_url").GetString()));
    }

    [Fact]
    public async Task A_forced_push_is_told_as_any_other_and_a_deleted_branch_as_such()
    {
        await InstallAsync();
        await git.CommitAsync("one");
        await git.CommitAsync("two");
        await git.PushAsync("main", "main:refs/heads/old");
        await git.GitAsync(git.Work, "reset", "--quiet", "--hard", "HEAD~1");
        await git.CommitAsync("another");
        server.Pushes.Clear();

        await git.PushAsync("--force", "main", ":refs/heads/old");

        Assert.Contains(server.Pushes, push => Told(push) is { Ref: "refs/heads/main", Deleted: false });
        Assert.Contains(server.Pushes, push => Told(push) is { Ref: "refs/heads/old", Deleted: true });
    }

    [Fact]
    public async Task The_hook_holds_the_path_of_the_secret_and_never_the_secret()
    {
        var result = await InstallAsync();

        var hook = File.ReadAllText(Path.Combine(git.Bare, "hooks/post-receive"));
        Assert.True(result.Installed);
        Assert.DoesNotContain(Secret, hook, StringComparison.Ordinal);
        Assert.Contains("it'\\''s the secret", hook, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_push_does_not_fail_because_the_engine_is_down()
    {
        await InstallAsync(webhook: new Uri("http://127.0.0.1:9/api/github/webhooks"));
        await git.CommitAsync("one");

        var push = await git.PushAsync("main");

        Assert.Contains("the engine is not reachable; it will find this push at its next resync", push.StandardError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_push_does_not_hang_because_the_engine_does()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await InstallAsync(webhook: new Uri($"http://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}/"));
        await git.CommitAsync("one");
        var started = TimeProvider.System.GetTimestamp();

        var push = await git.PushAsync("main");

        Assert.Contains("the engine is not reachable", push.StandardError, StringComparison.Ordinal);
        Assert.InRange(TimeProvider.System.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task A_push_succeeds_when_the_engine_refuses_or_the_secret_or_the_program_is_gone()
    {
        await InstallAsync();
        server.Status = 401;
        await git.CommitAsync("one");
        Assert.Contains("refused to hear of refs/heads/main (401)", (await git.PushAsync("main")).StandardError, StringComparison.Ordinal);

        File.Delete(SecretFile);
        await git.CommitAsync("two");
        Assert.Contains("cannot be read, so the engine was not told", (await git.PushAsync("main")).StandardError, StringComparison.Ordinal);

        await InstallAsync(program: "/nowhere/gitops-triggers");
        await git.CommitAsync("three");
        Assert.Contains("gitops-triggers is no longer at /nowhere/gitops-triggers", (await git.PushAsync("main")).StandardError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_foreign_hook_is_left_alone_and_told_how_to_call_ours()
    {
        var foreign = Path.Combine(git.Bare, "hooks/post-receive");
        Directory.CreateDirectory(Path.GetDirectoryName(foreign)!);
        await File.WriteAllTextAsync(foreign, "#!/bin/sh\nexit 0\n", TestContext.Current.CancellationToken);

        var result = await InstallAsync();

        Assert.False(result.Installed);
        Assert.Equal("#!/bin/sh\nexit 0\n", File.ReadAllText(foreign));
        // The very line that it says to add works.
        var added = result.Message.Split('\n').Single(line => line.Contains("updates=$(cat)", StringComparison.Ordinal)).Trim();
        await File.WriteAllTextAsync(foreign, $"#!/bin/sh\n{added}\n", TestContext.Current.CancellationToken);
        File.SetUnixFileMode(foreign, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        await git.CommitAsync("one");
        await git.PushAsync("main");
        Assert.Single(server.Pushes);
    }

    [Fact]
    public async Task Our_own_hook_is_replaced()
    {
        await InstallAsync(program: "/nowhere/gitops-triggers");

        Assert.True((await InstallAsync()).Installed);
        await git.CommitAsync("one");
        await git.PushAsync("main");
        Assert.Single(server.Pushes);
    }

    [Fact]
    public async Task No_hook_goes_into_a_folder_that_repositories_share_or_that_is_not_bare()
    {
        await git.GitAsync(git.Bare, "config", "core.hooksPath", files["shared"]);

        var shared = await InstallAsync();
        var notBare = await new HookInstaller(git.Work).InstallAsync("#!/bin/sh\n", TestContext.Current.CancellationToken);

        Assert.False(shared.Installed || notBare.Installed);
        Assert.False(Directory.Exists(files["shared"]));
        Assert.Contains("core.hooksPath", shared.Message, StringComparison.Ordinal);
        Assert.Contains("not a bare repository", notBare.Message, StringComparison.Ordinal);
    }

    private Task<HookResult> InstallAsync(Uri? webhook = null, string? program = null) => new HookInstaller(git.Bare).InstallAsync(
        HookScript.Of([program ?? Program], new PushNotice(git.Url, "nightly", webhook ?? server.Url, SecretFile)),
        TestContext.Current.CancellationToken);

    private static (string? Ref, string? Before, string? After, bool Created, bool Deleted) Told(ReceivedPush push) => (
        push.Json.GetProperty("ref").GetString(),
        push.Json.GetProperty("before").GetString(),
        push.Json.GetProperty("after").GetString(),
        push.Json.GetProperty("created").GetBoolean(),
        push.Json.GetProperty("deleted").GetBoolean());
}
