using GitOps.Triggers.Runs;
using Xunit;

namespace GitOps.Triggers.Tests.Runs;

public class RunEnvironmentSpecs
{
    [Theory]
    [InlineData("TOKEN", "a=b #c 'd' \"e\" $f")]
    [InlineData("PATH", "/bin")]
    [InlineData("LD_PRELOAD", "/x.so")]
    public void A_value_of_one_line_goes_through_the_file_whatever_its_name(string name, string value)
    {
        var environment = RunEnvironment.Of([KeyValuePair.Create(name, value)]);

        Assert.Equal([$"{name}={value}"], environment.FileLines);
        Assert.Empty(environment.ClientVariables);
    }

    [Theory]
    [InlineData("a\nb")]
    [InlineData("a\r")]
    public void A_value_of_several_lines_goes_through_the_clients_environment(string value)
    {
        var environment = RunEnvironment.Of([KeyValuePair.Create("PRIVATE_KEY", value)]);

        Assert.Empty(environment.FileLines);
        Assert.Equal(value, environment.ClientVariables["PRIVATE_KEY"]);
    }

    [Theory]
    [InlineData("PATH")]
    [InlineData("HOME")]
    [InlineData("TMPDIR")]
    [InlineData("LD_PRELOAD")]
    [InlineData("LD_X")]
    [InlineData("XDG_RUNTIME_DIR")]
    [InlineData("CONTAINERS_CONF")]
    [InlineData("CONTAINER_HOST")]
    [InlineData("_CONTAINERS_USERNS_CONFIGURED")]
    [InlineData("DOCKER_HOST")]
    [InlineData("STORAGE_DRIVER")]
    [InlineData("REGISTRY_AUTH_FILE")]
    [InlineData("BUILDAH_ISOLATION")]
    [InlineData("GODEBUG")]
    [InlineData("GOTRACEBACK")]
    [InlineData("https_proxy")]
    [InlineData("HTTP_PROXY")]
    [InlineData("NOTIFY_SOCKET")]
    [InlineData("GLIBC_TUNABLES")]
    public void A_name_that_would_change_the_client_is_refused_there(string name)
    {
        var problem = Assert.Throws<SourceException>(() => RunEnvironment.Of([KeyValuePair.Create(name, "s3cret\nlines")])).Message;

        Assert.Contains(name, problem, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("A\nB=", "x")]
    [InlineData("A=B", "x")]
    [InlineData("#A", "x")]
    [InlineData("1A", "x")]
    [InlineData("", "x")]
    [InlineData("A", "nul\0")]
    public void What_no_environment_can_hold_is_refused(string name, string value) =>
        Assert.Throws<SourceException>(() => RunEnvironment.Of([KeyValuePair.Create(name, value)]));

    [Fact]
    public void A_value_that_is_too_long_is_to_be_a_file()
    {
        var problem = Assert.Throws<SourceException>(() => RunEnvironment.Of([KeyValuePair.Create("BIG", new string('x', 40_000))])).Message;

        Assert.Contains("Mount it as a file", problem, StringComparison.Ordinal);
    }
}
