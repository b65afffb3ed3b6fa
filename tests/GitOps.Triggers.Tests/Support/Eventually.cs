using Xunit;

namespace GitOps.Triggers.Tests.Support;

/// <summary>For what another thread will have done soon.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <param name="what">For the message when it does not come about.</param>
    /// <param name="isSo">Asked again and again.</param>
    /// <param name="meanwhile">Done before each question, as moving a fake clock.</param>
    public static async Task HoldsAsync(string what, Func<Task<bool>> isSo, Action? meanwhile = null)
    {
        var until = DateTime.UtcNow + Longest;
        while (!await isSo())
        {
            Assert.True(DateTime.UtcNow < until, $"It did not come about that {what}.");
            meanwhile?.Invoke();
            await Task.Delay(2, TestContext.Current.CancellationToken);
        }
    }

    public static Task HoldsAsync(string what, Func<bool> isSo, Action? meanwhile = null) => HoldsAsync(what, () => Task.FromResult(isSo()), meanwhile);
}
