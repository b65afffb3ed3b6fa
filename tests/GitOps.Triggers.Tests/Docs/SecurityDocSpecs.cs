using System.Reflection;
using System.Text.RegularExpressions;
using GitOps.Triggers.Tests.Support;
using Xunit;

namespace GitOps.Triggers.Tests.Docs;

/// <summary>docs/security.md names tests that are there, and each row has one or says what is open.</summary>
public sealed partial class SecurityDocSpecs
{
    private static readonly string[] Rows = [.. File.ReadAllLines(Source.File("docs", "security.md")).Where(line => Row().IsMatch(line))];

    [Fact]
    public void Each_row_stands_once_and_has_a_test_or_says_what_is_open()
    {
        Assert.Equal(Enumerable.Range(1, 38), Rows.Select(row => int.Parse(Row().Match(row).Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture)));
        Assert.All(Rows, row => Assert.True(TestName().IsMatch(row) || row.Contains("| not built |", StringComparison.Ordinal), row));
    }

    [Fact]
    public void Each_test_that_is_named_is_there()
    {
        var tests = typeof(SecurityDocSpecs).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance).Where(method => method.GetCustomAttributes<FactAttribute>().Any()).Select(method => $"{type.Name}.{method.Name}"))
            .ToHashSet(StringComparer.Ordinal);

        Assert.All(Rows, row => Assert.All(TestName().Matches(row), name => Assert.Contains(name.Groups[1].Value, tests)));
    }

    [GeneratedRegex(@"^\| (\d+) \|")]
    private static partial Regex Row();

    [GeneratedRegex("`([A-Za-z0-9]+Specs\\.[A-Za-z0-9_]+)`")]
    private static partial Regex TestName();
}
