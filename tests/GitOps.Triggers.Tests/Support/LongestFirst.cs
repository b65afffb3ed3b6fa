using GitOps.Triggers.Tests.EndToEnd.Kills;
using Xunit.Sdk;
using Xunit.v3;

[assembly: Xunit.TestCollectionOrderer(typeof(GitOps.Triggers.Tests.Support.LongestFirst))]

namespace GitOps.Triggers.Tests.Support;

/// <summary>The kill loops take as long as a quarter of all the others together: begun last, they would go on alone at the end.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(collection => collection.TestCollectionDisplayName.Contains(typeof(KillLoopSpecs).FullName!, StringComparison.Ordinal) ? 0 : 1)];
}
