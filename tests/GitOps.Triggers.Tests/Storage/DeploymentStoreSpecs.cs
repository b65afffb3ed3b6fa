using GitOps.Triggers.Domain;
using GitOps.Triggers.Storage;
using GitOps.Triggers.Tests.Runs;
using GitOps.Triggers.Tests.Support;
using Xunit;

namespace GitOps.Triggers.Tests.Storage;

public sealed class DeploymentStoreSpecs : IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly InputHash Hash = InputHash.Parse(new string('a', 64));
    private readonly TempFolder data = new();
    private DeploymentStore deployments = null!;
    private RunStore runs = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var database = new Database(data.Path);
        await database.OpenAsync(Ct);
        (deployments, runs) = (new DeploymentStore(database, TimeProvider.System), new RunStore(database));
    }

    public ValueTask DisposeAsync()
    {
        data.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Each_image_that_was_ever_deployed_of_equal_inputs_is_evidence_with_its_own_successes()
    {
        // Built, lost and built again, and then rolled back to.
        foreach (var (image, hour) in new[] { ('1', 0), ('2', 1), ('1', 2) })
            await deployments.AddAsync(Deployment(Image(image), Noon.AddHours(hour)), Ct);
        await runs.RecordAsync([Run("a", Image('1')), Run("b", Image('1')), Run("c", Image('2'))], Ct);

        var evidence = await deployments.EvidenceAsync(Jobs.Key("job").Work, [Hash], Ct);

        Assert.Equal(
            [(Image('1'), Noon, 2), (Image('2'), Noon.AddHours(1), 1)],
            evidence.Select(one => (one.Image, one.FirstDeployedAt, one.SuccessfulRuns)));
    }

    private static ImageReference Image(char digit) => ImageReference.Parse("registry.example.com/jobs@sha256:" + new string(digit, 64));

    private static DeploymentRecord Deployment(ImageReference image, DateTimeOffset at) => new()
    {
        Key = Jobs.Key("job"),
        Kind = DeploymentKind.Built,
        Commit = Jobs.Commit,
        Hash = Hash,
        Image = image,
        DeployedAt = at,
        Place = Place.ThisMachine,
        Settings = SettingsFingerprint.Parse(new string('b', 64)),
        Rendered = "",
    };

    private static RunRecord Run(string id, ImageReference image) =>
        new() { Id = RunId.Parse(id), Key = Jobs.Key("job"), Origin = RunOrigin.Schedule, ScheduledFor = Noon, State = RunState.Succeeded, Commit = Jobs.Commit, Image = image };
}
