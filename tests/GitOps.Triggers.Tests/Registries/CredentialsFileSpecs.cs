using System.Text.Json;
using GitOps.Triggers.Registries;
using Xunit;

namespace GitOps.Triggers.Tests.Registries;

public sealed class CredentialsFileSpecs
{
    [Theory]
    [InlineData("registry.example.com", "registry.example.com", true)]
    [InlineData("https://registry.example.com", "registry.example.com", true)]
    [InlineData("https://registry.example.com/v1/", "registry.example.com", true)]
    [InlineData("registry.example.com/v2", "registry.example.com", true)]
    [InlineData("registry.example.com:5000", "registry.example.com:5000", true)]
    [InlineData("https://index.docker.io/v1/", "docker.io", true)]
    [InlineData("registry.example.com/triggers", "registry.example.com", true)]
    [InlineData("registry.example.com/triggers/reports", "registry.example.com", true)]
    [InlineData("registry.example.com/trig", "registry.example.com", false)]
    [InlineData("registry.example.com/other", "registry.example.com", false)]
    [InlineData("registry.example.com:5000", "registry.example.com", false)]
    [InlineData("registry.example.com", "registry.example.com:5000", false)]
    [InlineData("registry.example.com", "registry.example.com.evil.example", false)]
    [InlineData("example.com", "registry.example.com", false)]
    public void A_login_is_found_by_the_registrys_name_in_all_its_spellings(string key, string host, bool found) =>
        Assert.Equal(found, Parse($$"""{"auths":{"{{key}}":{"username":"engine","password":"hunter2"} } }""").Find(host, "triggers/reports") is not null);

    [Fact]
    public void The_login_for_most_of_the_path_counts()
    {
        var file = Parse("""
            { "auths": {
              "registry.example.com": { "username": "all", "password": "hunter2" },
              "registry.example.com/triggers": { "username": "triggers", "password": "hunter2" },
              "registry.example.com/triggers/empty": {} } }
            """);

        Assert.Equal("all", file.Find("registry.example.com", "")!.Name);
        Assert.Equal("all", file.Find("registry.example.com", "other/x")!.Name);
        Assert.Equal("triggers", file.Find("registry.example.com", "triggers/reports/nightly")!.Name);
        Assert.Equal("triggers", file.Find("registry.example.com", "triggers/empty/x")!.Name);
    }

    [Theory]
    [InlineData("engine:hunter2", "engine", "hunter2")]
    [InlineData("engine:with:colons:", "engine", "with:colons:")]
    [InlineData("engine:padded\0\0", "engine", "padded")]
    [InlineData("bruker:pæssørd", "bruker", "pæssørd")]
    public void Name_and_password_are_read_from_their_encoded_pair(string pair, string name, string password)
    {
        var encoded = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(pair));

        var login = Parse($$"""{"auths":{"r":{"auth":"{{encoded}}"} } }""").Find("r", "a")!;

        Assert.Equal((name, password), (login.Name, login.Password));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("hunter2")]
    [InlineData("{\"auths\":{\"r\":\"hunter2\"}}")]
    [InlineData("{\"auths\":{\"r\":{\"auth\":\"hunter2!\"}}}")]
    [InlineData("{\"auths\":{\"r\":{\"auth\":\"aHVudGVyMg==\"}}}")]
    public async Task A_file_that_is_none_is_told_without_its_content(string text)
    {
        using var bench = new RegistryBench();
        bench.Write("config.json", text);
        using var registries = bench.Open("r");

        var store = new CredentialsStore(new() { Prefix = "r/triggers", CredentialsFile = bench.LoginFile }, bench.Secrets, _ => null, TimeProvider.System);
        var failure = await Assert.ThrowsAsync<RegistryException>(() => store.FindAsync("r", "a", RegistryBench.Cancelled));

        Assert.Equal(RegistryFailureKind.Configuration, failure.Kind);
        Assert.StartsWith($"The credentials for registries cannot be read from {bench.LoginFile}: it is no docker config.json. Write it as", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_login_of_anything_else_is_no_login()
    {
        var file = Parse("""{"auths":{"r":{"auth":""},"s":{"email":"x"}},"credsStore":17,"credHelpers":[]}""");

        Assert.Null(file.Find("r", "a"));
        Assert.Null(file.Find("s", "a"));
        Assert.Null(file.HelperOf("r"));
        Assert.Null(file.Store("r"));
        Assert.Throws<JsonException>(() => Parse("{\"auths\":{\"r\":[]}}").Find("r", "a"));
    }

    private static CredentialsFile Parse(string text) => CredentialsFile.Parse("config.json", text);
}
