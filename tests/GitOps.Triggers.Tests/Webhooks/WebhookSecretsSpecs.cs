using GitOps.Triggers.Domain;
using GitOps.Triggers.Tests.Intake;
using GitOps.Triggers.Tests.Support;
using GitOps.Triggers.Webhooks;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace GitOps.Triggers.Tests.Webhooks;

public class WebhookSecretsSpecs
{
    [Fact]
    public void An_engine_without_a_secret_does_not_start_and_says_which_setting()
    {
        var finding = Assert.Single(Secrets().Check());

        Assert.Equal("webhooks.secretFiles", finding.Path);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData(" \r\n\t", "is empty")]
    [InlineData(null, "does not exist")]
    [InlineData("4097", "has more than 4096 bytes")]
    public void A_secret_file_that_holds_no_secret_keeps_the_engine_from_starting(string? content, string problem)
    {
        using var folder = new TempFolder();
        var (good, bad) = (folder.Write("good", "secret"), folder["bad"]);
        if (content is not null)
            folder.Write("bad", content == "4097" ? new string('x', 4_097) : content);

        var finding = Assert.Single(Secrets(good, bad).Check());

        Assert.Equal("webhooks.secretFiles[1]", finding.Path);
        Assert.Contains(bad, finding.Message, StringComparison.Ordinal);
        Assert.Contains(problem, finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void White_space_around_a_secret_is_not_part_of_it()
    {
        using var folder = new TempFolder();

        var secrets = Secrets(folder.Write("one", "\n a b \r\n"));

        Assert.Empty(secrets.Check());
        Assert.Equal("a b"u8.ToArray(), Assert.Single(secrets.Active()));
    }

    [Fact]
    public void A_secret_is_masked_from_the_delivery_on_for_which_it_was_read()
    {
        using var folder = new TempFolder();
        var (vault, file) = (new SecretVault(), folder.Write("one", "the first canary\n"));
        var secrets = new WebhookSecrets(IntakeEngine.DevAndProd with { WebhookSecretFiles = [file] }, vault, NullLogger<WebhookSecrets>.Instance);
        Assert.Empty(secrets.Check());

        folder.Write("one", "the second canary\n");
        secrets.Active();

        Assert.Equal("*** ***", vault.Apply("the first canary the second canary"));
    }

    private static WebhookSecrets Secrets(params string[] files) =>
        new(IntakeEngine.DevAndProd with { WebhookSecretFiles = files }, new SecretVault(), NullLogger<WebhookSecrets>.Instance);
}
