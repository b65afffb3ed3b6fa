using System.Globalization;
using System.Net;
using System.Text;
using GitOps.Triggers.Domain;
using Xunit;

namespace GitOps.Triggers.Tests.Domain;

public sealed class SecretVaultSpecs
{
    private const string First = "first/canary 7f3a";

    [Fact]
    public void A_secret_is_masked_from_when_it_is_told_and_stays_so_after_its_replacement()
    {
        var vault = new SecretVault();
        Assert.Equal(First, vault.Apply(First));

        vault.Learn("token", First);
        Assert.Equal("***", vault.Apply(First));

        vault.Learn("token", "second-canary");
        Assert.Equal("*** ***", vault.Apply($"{First} second-canary"));
    }

    [Fact]
    public void It_is_masked_raw_in_base64_and_URL_encoded()
    {
        var vault = new SecretVault();
        vault.Learn("token", First);

        Assert.Equal("***", vault.Apply(Convert.ToBase64String(Encoding.UTF8.GetBytes(First))));
        Assert.Equal("***", vault.Apply(Uri.EscapeDataString(First)));
        Assert.Equal("***", vault.Apply(WebUtility.UrlEncode(First)));
    }

    [Fact]
    public void A_file_that_is_rotated_for_ever_does_not_fill_the_memory_and_pushes_no_other_out()
    {
        var vault = new SecretVault();
        vault.Learn("other", "the-other-canary");
        for (var i = 0; i <= SecretVault.KeptPerSource; i++)
            vault.Learn("token", Value(i));

        Assert.Equal("***", vault.Apply("the-other-canary"));
        Assert.Equal("***", vault.Apply(Value(1)));
        Assert.Equal(Value(0), vault.Apply(Value(0)));
    }

    [Fact]
    public async Task It_may_be_told_and_asked_by_many_at_once()
    {
        var vault = new SecretVault();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(thread => Task.Run(() =>
        {
            for (var i = 0; i < 200; i++)
            {
                var secret = Value((thread * 1000) + i);
                vault.Learn(string.Create(CultureInfo.InvariantCulture, $"{thread}-{i % 10}"), secret);
                // What this thread has told is masked in what it writes next, whatever the others do.
                Assert.Equal("***", vault.Apply(secret));
            }
        })));
    }

    private static string Value(int number) => string.Create(CultureInfo.InvariantCulture, $"canary-{number:000000}-value");
}
