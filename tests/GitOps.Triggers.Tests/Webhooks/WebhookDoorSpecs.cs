using System.Net;
using GitOps.Triggers.Domain;
using Xunit;

namespace GitOps.Triggers.Tests.Webhooks;

public class WebhookDoorSpecs
{
    [Fact]
    public async Task A_signed_push_is_stored_and_marks_the_environment_that_its_branch_feeds()
    {
        await using var door = await WebhookDoor.OpenAsync();
        var push = SignedDelivery.Push("main");

        using var answer = await door.SendAsync(push);

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal("marked dev\n", await answer.Content.ReadAsStringAsync());
        var stored = Assert.Single(await door.Engine.Deliveries.ListAsync(10, CancellationToken.None));
        Assert.Equal((push.Guid, "push", "marked dev", door.Engine.Repository), (stored.Guid, stored.Event, stored.Outcome, stored.Repository));
        var work = Assert.Single(await door.Engine.Work.ListAsync(CancellationToken.None));
        Assert.Equal((door.Engine.Key("dev"), "push to main"), (work.Key, work.Reason));
    }

    [Fact]
    public async Task An_event_that_is_not_acted_upon_is_stored_and_accepted()
    {
        await using var door = await WebhookDoor.OpenAsync();

        var status = await door.StatusAsync(SignedDelivery.Of("""{"action":"created"}""") with { Event = "star" });

        Assert.Equal(HttpStatusCode.Accepted, status);
        var stored = Assert.Single(await door.Engine.Deliveries.ListAsync(10, CancellationToken.None));
        Assert.Equal(("star", "created", "ignored: the event 'star' changes nothing that is deployed"), (stored.Event, stored.Action, stored.Outcome));
        Assert.Empty(await door.Engine.Work.ListAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_push_of_a_repository_that_is_not_connected_says_how_to_connect_it()
    {
        await using var door = await WebhookDoor.OpenAsync();

        using var answer = await door.SendAsync(SignedDelivery.Push(url: "https://github.com/example/other.git"));

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal(
            "ignored: https://github.com/example/other.git is not connected to this engine; connect it with 'gitops-triggers connect URL' or under repositories: in engine.yaml\n",
            await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Refusals_and_acceptances_are_counted_by_a_few_fixed_words()
    {
        await using var door = await WebhookDoor.OpenAsync();
        var seen = new List<EngineEvent.DeliveryReceived>();
        door.Engine.Events.Subscribe(happened => seen.AddRange(new[] { happened }.OfType<EngineEvent.DeliveryReceived>()));

        await door.StatusAsync(SignedDelivery.Push());
        await door.StatusAsync(SignedDelivery.Push("feature"));
        await door.StatusAsync(SignedDelivery.Push() with { Secret = "wrong", Event = "made_up_by_a_stranger" });
        await door.StatusAsync(SignedDelivery.Push() with { ContentType = null });
        await door.StatusAsync(SignedDelivery.Of("nonsense"));

        Assert.Equal(
            [("push", "marked"), ("push", "ignored"), ("unverified", "unauthorized"), ("unverified", "unsupported"), ("unverified", "malformed")],
            seen.Select(one => (one.Event, one.Result)));
    }
}
