using GitOps.Triggers.Domain;
using GitOps.Triggers.Registries;
using GitOps.Triggers.Tests.Cli;
using GitOps.Triggers.Tests.Containers;
using Xunit;

namespace GitOps.Triggers.Tests.Registries;

public sealed class CredentialsStoreSpecs : IDisposable
{
    private const string Host = "registry.example.com";

    private readonly RegistryBench bench = new();

    [Fact]
    public async Task Without_a_file_of_its_own_the_logins_of_the_engines_user_count_in_podmans_order()
    {
        bench.Write("home/.docker/config.json", Login("docker"));
        Assert.Equal("docker", (await FindAsync())!.Name);

        bench.Write("home/.config/containers/auth.json", Login("kept"));
        Assert.Equal("kept", (await FindAsync())!.Name);

        bench.Write("runtime/containers/auth.json", """{"auths":{"other.example.com":{"username":"other","password":"hunter2"}}}""");
        Assert.Equal("kept", (await FindAsync())!.Name);

        bench.Write("runtime/containers/auth.json", Login("podman"));
        Assert.Equal("podman", (await FindAsync())!.Name);

        bench.Variables["REGISTRY_AUTH_FILE"] = bench.Write("named.json", Login("named"));
        Assert.Equal("named", (await FindAsync())!.Name);
    }

    [Fact]
    public async Task A_file_that_the_operator_names_counts_alone_and_has_to_be_there()
    {
        bench.Write("home/.docker/config.json", Login("docker"));
        var named = bench["login.json"];

        var failure = await Assert.ThrowsAsync<RegistryException>(() => FindAsync(named));
        Assert.Equal(RegistryFailureKind.Configuration, failure.Kind);

        bench.Write("login.json", """{"auths":{}}""");
        Assert.Null(await FindAsync(named));
    }

    [Fact]
    public async Task A_new_password_is_read_without_a_restart_and_the_old_one_stays_masked()
    {
        bench.Write("home/.docker/config.json", Login("docker", "first-password"));
        await FindAsync();
        bench.Write("home/.docker/config.json", Login("docker", "second-password"));
        await FindAsync();

        Assert.Equal("*** ***", bench.Secrets.Apply("first-password second-password"));
    }

    [Theory]
    [InlineData("""{"credsStore":"{helper}"}""", "registry.example.com")]
    [InlineData("""{"credsStore":"{helper}","auths":{"https://registry.example.com/v2/":{}}}""", "https://registry.example.com/v2/")]
    [InlineData("""{"credHelpers":{"registry.example.com":"{helper}"},"auths":{"registry.example.com":{"username":"stale","password":"stale"}}}""", "registry.example.com")]
    public async Task A_program_that_keeps_logins_is_asked_by_the_name_it_knows(string file, string server)
    {
        using var helper = Helper("""
            [ "$1" = get ] && read -r server
            echo "{\"ServerURL\":\"$server\",\"Username\":\"$server\",\"Secret\":\"hunter2-from-program\"}"
            """);
        bench.Write("home/.docker/config.json", file.Replace("{helper}", NameOf(helper), StringComparison.Ordinal));

        var login = await FindAsync();

        Assert.Equal((server, "hunter2-from-program"), (login!.Name, login.Password));
        Assert.Equal($"docker-credential-{NameOf(helper)}, which {bench["home/.docker/config.json"]} names", login.Origin);
        Assert.Equal("***", bench.Secrets.Apply("hunter2-from-program"));
    }

    [Fact]
    public async Task A_program_may_hand_out_an_identity_token()
    {
        using var helper = Helper("""echo '{"Username":"<token>","Secret":"identity-1234"}'""");
        bench.Write("home/.docker/config.json", $$"""{"credsStore":"{{NameOf(helper)}}"}""");

        var login = await FindAsync();

        Assert.Equal(("identity-1234", false), (login!.IdentityToken, login.HasPassword));
    }

    [Fact]
    public async Task A_program_that_has_no_login_has_none()
    {
        using var helper = Helper("echo credentials not found in native keychain; exit 1");
        bench.Write("home/.docker/config.json", $$"""{"credsStore":"{{NameOf(helper)}}"}""");

        Assert.Null(await FindAsync());
    }

    [Theory]
    [InlineData("echo hunter2; exit 3", "it failed with exit code 3")]
    [InlineData("echo hunter2", "what it printed is no login")]
    [InlineData("echo '{\"hunter2\":1}'", "what it printed is no login")]
    public async Task A_program_that_fails_is_told_without_what_it_printed(string lines, string problem)
    {
        using var helper = Helper(lines);
        bench.Write("home/.docker/config.json", $$"""{"credsStore":"{{NameOf(helper)}}"}""");

        var failure = await Assert.ThrowsAsync<RegistryException>(() => FindAsync());

        Assert.Equal(RegistryFailureKind.Configuration, failure.Kind);
        Assert.Contains($"names docker-credential-{NameOf(helper)} for them, and {problem}.", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", failure.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../../bin/sh", "this is no program's name")]
    [InlineData("gitops-triggers-no-such-program", "there is no such program on the PATH")]
    public async Task A_program_that_cannot_be_called_is_told(string helper, string problem)
    {
        bench.Write("home/.docker/config.json", $$"""{"credsStore":"{{helper}}"}""");

        Assert.Contains(problem, (await Assert.ThrowsAsync<RegistryException>(() => FindAsync())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_does_not_answer_is_ended()
    {
        using var helper = Helper("exec sleep 600");
        bench.Write("home/.docker/config.json", $$"""{"credsStore":"{{NameOf(helper)}}"}""");

        var failure = await Assert.ThrowsAsync<RegistryException>(() => FindAsync(time: new HastyClock(DateTimeOffset.UtcNow)));

        Assert.Contains("it did not answer within 20s", failure.Message, StringComparison.Ordinal);
    }

    private Task<RegistryCredentials?> FindAsync(string? file = null, TimeProvider? time = null)
    {
        bench.Variables.TryAdd("HOME", bench["home"]);
        bench.Variables.TryAdd("XDG_RUNTIME_DIR", bench["runtime"]);
        var settings = new RegistrySettings { Prefix = $"{Host}/triggers", CredentialsFile = file };
        return new CredentialsStore(settings, bench.Secrets, name => bench.Variables.GetValueOrDefault(name), time ?? TimeProvider.System).FindAsync(Host, "triggers/a/b", RegistryBench.Cancelled);
    }

    private static string Login(string name, string password = "hunter2") => $$"""{"auths":{"{{Host}}":{"username":"{{name}}","password":"{{password}}"} } }""";

    /// <summary>A program of its own name, found by the PATH as any other.</summary>
    private static Script Helper(string lines)
    {
        var script = new Script($"docker-credential-tests-{Guid.NewGuid():n}", lines);
        Environment.SetEnvironmentVariable("PATH", $"{Environment.GetEnvironmentVariable("PATH")}:{script.Folder}");
        return script;
    }

    private static string NameOf(Script helper) => Path.GetFileName(helper.Program)["docker-credential-".Length..];

    public void Dispose() => bench.Dispose();
}
