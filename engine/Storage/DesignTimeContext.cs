using Microsoft.EntityFrameworkCore.Design;

namespace GitOps.Triggers.Storage;

/// <summary>For <c>dotnet ef migrations add</c>, which needs a context without an engine around it.</summary>
internal sealed class DesignTimeContext : IDesignTimeDbContextFactory<EngineDbContext>
{
    public EngineDbContext CreateDbContext(string[] args) => new Database(Path.GetTempPath()).CreateDbContext();
}
