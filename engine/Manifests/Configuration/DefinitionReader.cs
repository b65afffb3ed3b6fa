using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Manifests;

/// <summary>Reads the environments as the operator defines them.</summary>
internal sealed class DefinitionReader(SettingsFiles files, bool hasRegistry, Report report)
{
    private readonly TargetReader targets = new(files, hasRegistry, report);
    private readonly GatesReader gates = new(report);

    public IReadOnlyList<EnvironmentDefinition> Read(Node? node)
    {
        var items = node is Node.Sequence list ? list.Items.OfType<Node.Mapping>().Select(item => new Fields(item)).ToList() : [];
        RefuseRepeated(items, "name");
        // One branch stands for one environment: were it two, a push would deploy to both, whatever one promotes from the other.
        RefuseRepeated(items, "branch");
        new PromotionCheck(report).Run(items);
        return [.. items.Select(Read).OfType<EnvironmentDefinition>()];
    }

    private EnvironmentDefinition? Read(Fields fields)
    {
        var branchNode = fields.Find("branch");
        if (!BranchName.TryParse(Values.Text(branchNode), out var branch) && Values.Text(branchNode) is { } text)
            report.Refuse(branchNode!, $"'{Shown.Text(text)}' is not a branch name that git accepts.", "Write the branch's name without refs/heads/, such as main.");
        EnvironmentName.TryParse(Values.Text(fields.Find("promotesFrom")), out var upstream);
        var target = targets.Read(fields.Find("target"));
        var gate = gates.Read(fields);
        if (!EnvironmentName.TryParse(Values.Text(fields.Find("name")), out var name) || branch is null || target is null)
            return null;
        return new EnvironmentDefinition
        {
            Name = name,
            Branch = branch,
            PromotesFrom = upstream,
            Target = target,
            Gates = gate,
            Untested = Values.Choice<UntestedPolicy>(fields.Find("untested")) ?? UntestedPolicy.Reject,
        };
    }

    private void RefuseRepeated(IReadOnlyList<Fields> items, string key)
    {
        var first = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var index = 0; index < items.Count; index++)
        {
            if (items[index].Find(key) is { } node && Values.Text(node) is { } text && !first.TryAdd(text, index))
                report.Refuse(node, $"The {key} '{Shown.Text(text)}' is also that of {NodePath.Item("environments", first[text])}.", $"Give each environment a {key} of its own.");
        }
    }
}
