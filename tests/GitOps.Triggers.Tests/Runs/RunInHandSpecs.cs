using GitOps.Triggers.Runs;
using Xunit;

namespace GitOps.Triggers.Tests.Runs;

public sealed class RunInHandSpecs
{
    [Fact]
    public async Task Whoever_waits_for_its_end_goes_on_also_when_it_broke()
    {
        var run = new RunInHand();

        run.Begin(() => Task.FromException(new IOException("the database does not answer")));

        await run.Ended.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }
}
