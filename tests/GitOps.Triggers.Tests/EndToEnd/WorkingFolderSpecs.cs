using GitOps.Triggers.Tests.Support;
using Xunit;

namespace GitOps.Triggers.Tests.EndToEnd;

public sealed class WorkingFolderSpecs
{
    [Fact]
    public async Task What_lies_where_the_engine_is_started_does_not_change_it()
    {
        using var folder = new TempFolder();
        var other = EngineProcess.FreePort();
        folder.Write("here/appsettings.json", $$"""
            { "Logging": { "LogLevel": { "Default": "None" } }, "Kestrel": { "Endpoints": { "Other": { "Url": "http://127.0.0.1:{{other}}" } } } }
            """);
        await using var engine = new EngineProcess(folder, EngineProcess.DevOnly) { WorkingFolder = folder["here"] };

        await engine.StartAsync();

        await engine.UntilAsync("it says where it listens", () => Task.FromResult(engine.Log.Contains($"Now listening on: http://127.0.0.1:{engine.Port}", StringComparison.Ordinal)));
        Assert.DoesNotContain($":{other}", engine.Log, StringComparison.Ordinal);
    }
}
