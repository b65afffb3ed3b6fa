using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using GitOps.Triggers.Tests.Support;
using Xunit;

namespace GitOps.Triggers.Tests.Docs;

/// <summary>Each row of docs/security.md has tests or says what is open, and a test that it names says the same of itself by <see cref="ThreatAttribute"/>.</summary>
public sealed partial class SecurityDocSpecs
{
    private static readonly string[] Rows = [.. File.ReadAllLines(Source.File("docs", "security.md")).Where(line => Row().IsMatch(line))];

    [Fact]
    public void Each_row_stands_once_and_has_a_test_or_says_what_is_open()
    {
        Assert.Equal(Enumerable.Range(1, 38), Rows.Select(NumberOf));
        Assert.All(Rows, row => Assert.True(TestName().IsMatch(row) || row.Contains("| not built |", StringComparison.Ordinal), row));
    }

    [Fact]
    public void The_rows_name_the_tests_and_the_tests_their_rows()
    {
        var named = Rows.SelectMany(row => TestName().Matches(row).Select(name => $"{NumberOf(row)} {name.Groups[1].Value}"));
        var marked = typeof(SecurityDocSpecs).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Where(method => method.GetCustomAttributes<FactAttribute>().Any())
            .SelectMany(method => (method.GetCustomAttribute<ThreatAttribute>()?.Rows ?? []).Select(row => $"{row} {method.DeclaringType!.Name}.{method.Name}"));

        Assert.Equal(named.Order(StringComparer.Ordinal), marked.Order(StringComparer.Ordinal));
    }

    private static int NumberOf(string row) => int.Parse(Row().Match(row).Groups[1].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\| (\d+) \|")]
    private static partial Regex Row();

    [GeneratedRegex("`([A-Za-z0-9]+Specs\\.[A-Za-z0-9_]+)`")]
    private static partial Regex TestName();
}
