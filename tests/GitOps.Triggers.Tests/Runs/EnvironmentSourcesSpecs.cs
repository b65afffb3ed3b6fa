using System.Text;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Runs;
using GitOps.Triggers.Tests.Support;
using Xunit;

namespace GitOps.Triggers.Tests.Runs;

public sealed class EnvironmentSourcesSpecs : IDisposable
{
    private static readonly EnvironmentName Prod = EnvironmentName.Parse("prod");
    private readonly TempFolder data = new();

    public void Dispose() => data.Dispose();

    [Fact]
    public async Task I_can_read_a_secret_and_a_config_of_my_repository()
    {
        data.Write("environments/prod/billing/secrets/db/password", "s3cret");
        data.Write("environments/prod/billing/config/db/password", "none");

        Assert.Equal("s3cret", await ReadAsync(KeySourceKind.Secret, "db", "password"));
        Assert.Equal("none", await ReadAsync(KeySourceKind.Config, "db", "password"));
    }

    [Fact]
    public async Task A_missing_one_is_named_with_the_place_where_to_put_it()
    {
        var problem = await RefusedAsync("db", "password");

        Assert.Contains("secret db/password is not set in prod", problem, StringComparison.Ordinal);
        Assert.Contains(data["environments/prod/billing/secrets/db/password"], problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("..", "key")]
    [InlineData("../../other/secrets/db", "key")]
    [InlineData("db", "..")]
    [InlineData("db", "../db/key")]
    [InlineData("db", "/etc/passwd")]
    [InlineData("db", "")]
    [InlineData("DB", "key")]
    [InlineData("db", "a\nb")]
    public async Task A_name_that_leads_elsewhere_is_refused(string name, string key)
    {
        data.Write("environments/prod/billing/secrets/db/key", "x");
        data.Write("environments/prod/other/secrets/db/key", "x");

        Assert.Contains("cannot be named so", await RefusedAsync(name, key), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("environments/prod/billing/secrets/db/key")]
    [InlineData("environments/prod/billing/secrets/db")]
    [InlineData("environments/prod/billing/secrets")]
    public async Task A_link_out_of_the_repositorys_folder_is_refused(string link)
    {
        var other = data.Write("environments/prod/other/secrets/db/key", "theirs");
        Directory.CreateDirectory(Path.GetDirectoryName(data[link])!);
        var target = link.EndsWith("key", StringComparison.Ordinal) ? other : link.EndsWith("db", StringComparison.Ordinal) ? Path.GetDirectoryName(other)! : data["environments/prod/other/secrets"];
        File.CreateSymbolicLink(data[link], target);

        Assert.Contains("leads out of", await RefusedAsync("db", "key"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_inside_is_followed_since_mounted_secrets_are_made_of_them()
    {
        data.Write("environments/prod/billing/secrets/db/..2026/key", "mounted");
        File.CreateSymbolicLink(data["environments/prod/billing/secrets/db/..data"], "..2026");
        File.CreateSymbolicLink(data["environments/prod/billing/secrets/db/key"], "..data/key");

        Assert.Equal("mounted", await ReadAsync(KeySourceKind.Secret, "db", "key"));
    }

    [Fact]
    public async Task Links_in_a_circle_and_folders_are_no_values()
    {
        Directory.CreateDirectory(data["environments/prod/billing/secrets/db/folder"]);
        File.CreateSymbolicLink(data["environments/prod/billing/secrets/db/a"], "b");
        File.CreateSymbolicLink(data["environments/prod/billing/secrets/db/b"], "a");

        Assert.Contains("is not set", await RefusedAsync("db", "folder"), StringComparison.Ordinal);
        Assert.NotEmpty(await RefusedAsync("db", "a"));
    }

    private async Task<string> ReadAsync(KeySourceKind kind, string name, string key)
    {
        var sources = new EnvironmentSources(new EngineConfiguration { DataFolder = data.Path, Environments = [] });
        return Encoding.UTF8.GetString(await sources.ReadAsync(new KeySource(kind, name, key), Prod, "billing", TestContext.Current.CancellationToken));
    }

    private async Task<string> RefusedAsync(string name, string key) =>
        (await Assert.ThrowsAsync<SourceException>(() => ReadAsync(KeySourceKind.Secret, name, key))).Message;
}
