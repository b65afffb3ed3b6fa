using GitOps.Triggers.Domain;
using GitOps.Triggers.Tests.Support;
using Xunit;

namespace GitOps.Triggers.Tests.Sources;

public sealed class SshSourcesSpecs
{
    private static readonly BranchName Main = BranchName.Parse("main");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task I_can_fetch_with_a_key_file()
    {
        await using var server = await SshServer.StartAsync();
        using var repository = await GitRepository.CreateAsync();
        using var host = new SourcesHost();
        var head = await repository.CommitAsync();
        var connected = Connected(server, repository, server.KeyFile);

        Assert.Equal(head, await host.HeadAsync(connected));
        Assert.Equal(head, SourcesHost.Done(await host.Mirrors.RemoteHeadsAsync(connected, Ct))[Main]);
    }

    [Theory]
    [InlineData("a key's file")]
    [InlineData("100%h $HOME;#")]
    public async Task Any_path_will_do_for_the_files(string name)
    {
        await using var server = await SshServer.StartAsync();
        using var repository = await GitRepository.CreateAsync();
        using var data = new TempFolder();
        Directory.CreateDirectory(data[name]);
        using var host = new SourcesHost(dataFolder: data[name]);
        File.Copy(server.KeyFile, data[name + "/key"]);
        var head = await repository.CommitAsync();

        Assert.Equal(head, await host.HeadAsync(Connected(server, repository, data[name + "/key"])));
        Assert.True(File.Exists(data[name + "/known_hosts"]));
    }

    [Fact]
    public async Task A_key_that_the_host_does_not_know_is_refused()
    {
        await using var server = await SshServer.StartAsync();
        using var repository = await GitRepository.CreateAsync();
        using var host = new SourcesHost();
        await repository.CommitAsync();

        var findings = SourcesHost.Rejected(await host.Mirrors.HeadAsync(Connected(server, repository, server.OtherKeyFile), Main, Ct));

        Assert.Contains("refused access by ssh", Assert.Single(findings).Message);
    }

    [Fact]
    public async Task A_key_file_that_others_can_read_is_refused_with_what_to_do()
    {
        await using var server = await SshServer.StartAsync();
        using var repository = await GitRepository.CreateAsync();
        using var host = new SourcesHost();
        await repository.CommitAsync();
        File.SetUnixFileMode(server.KeyFile, UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead);

        var findings = SourcesHost.Rejected(await host.Mirrors.HeadAsync(Connected(server, repository, server.KeyFile), Main, Ct));

        Assert.Contains("chmod 600", Assert.Single(findings).Fix);
    }

    [Fact]
    public async Task A_host_whose_key_has_changed_is_refused()
    {
        await using var server = await SshServer.StartAsync();
        using var repository = await GitRepository.CreateAsync();
        using var host = new SourcesHost();
        await repository.CommitAsync();
        var connected = Connected(server, repository, server.KeyFile);
        await host.HeadAsync(connected);

        await server.ChangeHostKeyAsync();

        Assert.Contains("not the one known", Assert.Single(SourcesHost.Rejected(await host.Mirrors.HeadAsync(connected, Main, Ct))).Message);
    }

    [Fact]
    public async Task A_repository_that_the_host_does_not_have_is_refused()
    {
        await using var server = await SshServer.StartAsync();
        using var host = new SourcesHost();
        var missing = GitRepository.Connect(server.Url("/nowhere/none.git")) with { SshKeyFile = server.KeyFile };

        Assert.Contains("not found", Assert.Single(SourcesHost.Rejected(await host.Mirrors.HeadAsync(missing, Main, Ct))).Message);
    }

    private static ConnectedRepository Connected(SshServer server, GitRepository repository, string keyFile) =>
        GitRepository.Connect(server.Url(repository.Path)) with { SshKeyFile = keyFile };
}
