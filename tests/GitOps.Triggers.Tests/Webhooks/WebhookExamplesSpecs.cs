using System.Net;
using System.Text;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Tests.Intake;
using GitOps.Triggers.Webhooks;
using Xunit;

namespace GitOps.Triggers.Tests.Webhooks;

public class WebhookExamplesSpecs
{
    [Fact]
    public async Task Every_payload_that_GitHub_publishes_is_accepted_and_stored()
    {
        var examples = await WebhookExamples.LoadAsync();
        Assert.InRange(examples.Count, 329, int.MaxValue);
        await using var door = await WebhookDoor.OpenAsync(IntakeEngine.DevAndProd with
        {
            Repositories = [new RepositorySettings { Url = RepositoryUrl.Parse("https://github.com/Codertocat/Hello-World.git") }],
            Environments = [IntakeEngine.DevAndProd.Environments[0] with { Branch = BranchName.Parse("master") }],
        });

        foreach (var (name, body) in examples)
            Assert.Equal((name, HttpStatusCode.Accepted), (name, await door.StatusAsync(SignedDelivery.Of("") with { Event = name, Body = body })));

        var stored = await door.Engine.Deliveries.ListAsync(1_000, CancellationToken.None);
        Assert.Equal(examples.Count, stored.Count);
        Assert.Equal(["push"], stored.Where(delivery => delivery.Outcome == "marked dev").Select(delivery => delivery.Event).Distinct());
        Assert.All(stored.Where(delivery => delivery.Event == "ping"), ping => Assert.StartsWith("pong", ping.Outcome, StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_mutation_of_a_payload_makes_reading_it_fail()
    {
        var examples = (await WebhookExamples.LoadAsync()).Where(example => example.Event is "push" or "pull_request" or "delete" or "ping").ToList();
        // Fixed, so that a failure can be seen again.
        var random = new Random(20_240_601);
        var (broken, fine) = (0, 0);

        for (var round = 0; round < 20_000; round++)
        {
            var (name, body) = examples[random.Next(examples.Count)];
            var mutated = Mutation.Of(body, random);
            var reader = PayloadReaderSpecs.Read(mutated, random.Next(2) == 0 ? int.MaxValue : random.Next(500, 20_000));
            Assert.NotNull(DeliveryReader.Read(name, reader.Payload));
            _ = reader.Problem is null ? fine++ : broken++;
        }

        Assert.InRange(broken, 1_000, int.MaxValue);
        Assert.InRange(fine, 1_000, int.MaxValue);
    }

    [Fact]
    [Threat(2)]
    public async Task Mutated_payloads_are_answered_below_500_and_never_stored_when_refused()
    {
        var examples = await WebhookExamples.LoadAsync();
        await using var door = await WebhookDoor.OpenAsync();
        var random = new Random(20_240_602);
        var accepted = 0;

        for (var round = 0; round < 1_000; round++)
        {
            var (name, body) = examples[random.Next(examples.Count)];
            var status = await door.StatusAsync(SignedDelivery.Of("") with { Event = name, Body = Mutation.Of(body, random) });
            Assert.True(status is HttpStatusCode.Accepted or HttpStatusCode.BadRequest, $"round {round}: {status}");
            accepted += status is HttpStatusCode.Accepted ? 1 : 0;
        }

        Assert.Equal(accepted, (await door.Engine.Deliveries.ListAsync(2_000, CancellationToken.None)).Count);
        Assert.Empty(await door.Engine.Work.ListAsync(CancellationToken.None));
    }

    [Fact]
    public async Task The_published_push_names_what_the_engine_reads()
    {
        var (_, body) = (await WebhookExamples.LoadAsync()).First(example => example.Event == "push" && Encoding.UTF8.GetString(example.Body).Contains("refs/heads/", StringComparison.Ordinal));

        var push = Assert.IsType<DeliveryIntent.Pushed>(DeliveryReader.Read("push", PayloadReaderSpecs.Read(body, 1_000).Payload));

        Assert.Equal(("master", "Codertocat/Hello-World", 3), (push.Branch.Value, push.Repository.FullName, push.Repository.Urls.Count));
    }
}
