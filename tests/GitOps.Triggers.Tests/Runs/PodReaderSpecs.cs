using GitOps.Triggers.Domain;
using GitOps.Triggers.Runs;
using Xunit;

namespace GitOps.Triggers.Tests.Runs;

/// <summary>What is rendered is what is read back: nothing of a manifest gets lost on the way through a pod's template.</summary>
public class PodReaderSpecs
{
    private static readonly RunSpec Run = new()
    {
        Command = ["/bin/app", "$(X)"],
        Args = ["$$", "plain $HOME"],
        Env = new Dictionary<string, EnvironmentValue>
        {
            ["LEVEL"] = new EnvironmentValue.Literal("$(info) $$"),
            ["TOKEN"] = new EnvironmentValue.From(new KeySource(KeySourceKind.Secret, "app", "token")),
            ["REGION"] = new EnvironmentValue.From(new KeySource(KeySourceKind.Config, "settings", "region")),
        },
        Files = new Dictionary<string, KeySource>
        {
            ["/etc/app/app.yaml"] = new(KeySourceKind.Config, "settings", "app.yaml"),
            ["/etc/app/other.yaml"] = new(KeySourceKind.Config, "settings", "other"),
            ["/etc/app/key"] = new(KeySourceKind.Secret, "app", "key"),
        },
        Cpu = Quantity.Parse("250m"),
        Memory = Quantity.Parse("64Mi"),
    };

    private static readonly ContainerSpec Spec = PodReader.Read(Jobs.Render("job", Jobs.NoImage, Run).Spec.JobTemplate.Spec.Template.Spec);

    [Fact]
    public void Command_and_arguments_are_as_written()
    {
        Assert.Equal(Run.Command, Spec.Command);
        Assert.Equal(Run.Args, Spec.Args);
    }

    [Fact]
    public void Variables_are_as_written_with_their_sources() =>
        Assert.All(Run.Env, variable => Assert.Contains(variable, Spec.Env));

    [Fact]
    public void Files_are_mounted_where_they_are_wanted() =>
        Assert.Equal(Run.Files.OrderBy(file => file.Key, StringComparer.Ordinal), Spec.Files.OrderBy(file => file.Key, StringComparer.Ordinal));

    [Fact]
    public void Resources_are_in_bytes_and_cores()
    {
        Assert.Equal((64L << 20, 0.25m, (decimal?)null), (Spec.Memory, Spec.CpuShare, Spec.CpuLimit));
        Assert.Equal([KeyValuePair.Create("/tmp", 256L << 20)], Spec.Scratch);
        Assert.Equal(TimeSpan.FromSeconds(30), Spec.Grace);
    }

    [Theory]
    [InlineData("65532:65532", true)]
    [InlineData("1000", true)]
    [InlineData("", false)]
    [InlineData("0", false)]
    [InlineData("0:1000", false)]
    [InlineData("00", false)]
    [InlineData("root", false)]
    [InlineData("app", false)]
    [InlineData("-1", false)]
    public void Only_a_number_above_zero_is_surely_not_root(string user, bool allowed) =>
        Assert.Equal(allowed, ImageCheck.UserProblem(user) is null);
}
