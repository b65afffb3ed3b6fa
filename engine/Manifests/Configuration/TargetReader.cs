using System.Globalization;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Manifests;

/// <summary>Reads where an environment runs.</summary>
internal sealed class TargetReader(SettingsFiles files, bool hasRegistry, Report report)
{
    private const string Placeholder = "{repository}";
    private const int LongestNamespace = 63;
    private const int LongestSlug = 40;

    private readonly ClusterAccessReader access = new(files);

    /// <returns>None when it is refused; without a target, this machine.</returns>
    public TargetSettings? Read(Node? node)
    {
        var fields = new Fields(node);
        if (CoreSchema.IsAbsent(node))
            return new TargetSettings.Local();
        return Values.Text(fields.Find("kind")) switch
        {
            "local" => ReadLocal(fields),
            "kubernetes" => ReadKubernetes(node!, fields),
            _ => null,
        };
    }

    private TargetSettings.Local ReadLocal(Fields fields)
    {
        foreach (var entry in fields.Entries.Where(entry => entry.Name is not "kind"))
            report.Refuse(entry.Key, $"{entry.Name} has no meaning for kind: local.", "Remove it, or write kind: kubernetes.");
        return new TargetSettings.Local();
    }

    private TargetSettings.Kubernetes? ReadKubernetes(Node node, Fields fields)
    {
        if (!hasRegistry)
            report.Refuse(fields.Find("kind")!, "A cluster pulls images from a registry, and none is set.", "Add registry: { prefix: registry.example.com/triggers } at the top level.");
        if (fields.Find("namespace") is not { } written)
        {
            report.RefuseMissing(node, "namespace", "'namespace' is missing.", "Add namespace: trg-{repository}-prod, with the environment's own name.");
            return null;
        }

        CheckNamespace(written);
        var absent = new TargetSettings.Kubernetes { Namespace = Values.Text(written) ?? "" };
        return absent with
        {
            Access = access.Read(fields),
            CreateNamespaces = Values.Boolean(fields.Find("createNamespaces")) ?? absent.CreateNamespaces,
            Drift = Values.Choice<DriftPolicy>(fields.Find("drift")) ?? absent.Drift,
            Isolate = Values.Boolean(fields.Find("isolate")) ?? absent.Isolate,
            Quota = CoreSchema.IsAbsent(fields.Find("quota")) ? null : ReadQuota(fields.Within("quota")),
        };
    }

    private NamespaceQuota ReadQuota(Fields fields)
    {
        var values = new Values(report);
        return new NamespaceQuota(values.Cpu(fields.Find("cpu")), values.Memory(fields.Find("memory")), Values.Integer(fields.Find("runs")));
    }

    private void CheckNamespace(Node node)
    {
        if (Values.Text(node) is not { } template)
            return;
        var filled = template.Replace(Placeholder, "r", StringComparison.Ordinal);
        if (filled == template)
            report.Refuse(node, $"'{Shown.Text(template)}' lacks {Placeholder}: all repositories would share the namespace, and could use each other's Secrets.", "Write a name with {repository} in it: trg-{repository}-prod.");
        else if (!DnsLabel.IsValid(filled, LongestNamespace))
            report.Refuse(node, $"'{Shown.Text(template)}' does not make a namespace.", "Use lower-case letters, digits and dashes around {repository}.");
        else if (filled.Length - 1 + LongestSlug > LongestNamespace)
            report.Refuse(node, $"'{Shown.Text(template)}' is too long for repositories with long names.",
                string.Create(CultureInfo.InvariantCulture, $"Use at most {LongestNamespace - LongestSlug} characters besides {Placeholder}."));
    }
}
