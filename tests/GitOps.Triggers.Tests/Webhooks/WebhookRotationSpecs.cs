using System.Net;
using Xunit;

namespace GitOps.Triggers.Tests.Webhooks;

public class WebhookRotationSpecs
{
    [Fact]
    [Threat(6)]
    public async Task A_secret_can_be_rotated_under_load_without_losing_a_delivery()
    {
        await using var door = await WebhookDoor.OpenAsync();
        var secret = WebhookDoor.Secret;
        var answers = new List<HttpStatusCode>();
        using var stop = new CancellationTokenSource();
        var load = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
                answers.Add(await door.StatusAsync(SignedDelivery.Push() with { Secret = Volatile.Read(ref secret) }));
        });

        for (var rotation = 0; rotation < 20; rotation++)
        {
            var next = $"secret number {rotation}";
            // The engine first, then GitHub, then the old one is taken away.
            var (fresh, old) = rotation % 2 == 0 ? (door.OtherSecretFile, door.SecretFile) : (door.SecretFile, door.OtherSecretFile);
            await File.WriteAllTextAsync(fresh, next);
            Volatile.Write(ref secret, next);
            var before = answers.Count;
            while (answers.Count < before + 2 && !load.IsCompleted)
                await Task.Yield();
            File.Delete(old);
        }
        await stop.CancelAsync();
        await load;

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Accepted, answer));
        Assert.InRange(answers.Count, 40, int.MaxValue);
    }

    [Fact]
    [Threat(6)]
    public async Task Either_of_two_secrets_is_accepted_and_a_removed_one_fails_at_once()
    {
        await using var door = await WebhookDoor.OpenAsync();
        var second = SignedDelivery.Push() with { Secret = await File.ReadAllTextAsync(door.OtherSecretFile) };

        Assert.Equal(HttpStatusCode.Accepted, await door.StatusAsync(SignedDelivery.Push()));
        Assert.Equal(HttpStatusCode.Accepted, await door.StatusAsync(second));
        File.Delete(door.SecretFile);
        Assert.Equal(HttpStatusCode.Unauthorized, await door.StatusAsync(SignedDelivery.Push()));
        Assert.Equal(HttpStatusCode.Accepted, await door.StatusAsync(second));
    }

    [Theory]
    [Threat(3)]
    [InlineData("")]
    [InlineData(" \n\t\n")]
    public async Task An_emptied_secret_file_lets_nobody_in(string content)
    {
        await using var door = await WebhookDoor.OpenAsync();
        await File.WriteAllTextAsync(door.SecretFile, content);

        Assert.Equal(HttpStatusCode.Unauthorized, await door.StatusAsync(SignedDelivery.Push()));
        Assert.Equal(HttpStatusCode.Unauthorized, await door.StatusAsync(SignedDelivery.Push() with { Signature = SignedDelivery.Sign(SignedDelivery.Push().Body, content) }));
    }

    [Fact]
    public async Task With_no_readable_secret_nothing_is_accepted_and_the_answer_blames_the_engine()
    {
        await using var door = await WebhookDoor.OpenAsync();
        File.Delete(door.SecretFile);
        File.Delete(door.OtherSecretFile);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await door.StatusAsync(SignedDelivery.Push()));
    }

    [Fact]
    public async Task A_secret_behind_a_link_that_is_moved_is_read_again()
    {
        // As Kubernetes mounts secrets: file → ..data/file, ..data → a folder that is replaced.
        await using var door = await WebhookDoor.OpenAsync();
        var folder = Path.GetDirectoryName(door.SecretFile)!;
        Directory.CreateDirectory(Path.Combine(folder, "v1"));
        Directory.CreateDirectory(Path.Combine(folder, "v2"));
        await File.WriteAllTextAsync(Path.Combine(folder, "v1", "one"), "first");
        await File.WriteAllTextAsync(Path.Combine(folder, "v2", "one"), "other");
        Directory.CreateSymbolicLink(Path.Combine(folder, "..data"), "v1");
        File.Delete(door.SecretFile);
        File.CreateSymbolicLink(door.SecretFile, "..data/one");
        Assert.Equal(HttpStatusCode.Accepted, await door.StatusAsync(SignedDelivery.Push() with { Secret = "first" }));

        Directory.Delete(Path.Combine(folder, "..data"));
        Directory.CreateSymbolicLink(Path.Combine(folder, "..data"), "v2");

        Assert.Equal(HttpStatusCode.Accepted, await door.StatusAsync(SignedDelivery.Push() with { Secret = "other" }));
        Assert.Equal(HttpStatusCode.Unauthorized, await door.StatusAsync(SignedDelivery.Push() with { Secret = "first" }));
    }
}
