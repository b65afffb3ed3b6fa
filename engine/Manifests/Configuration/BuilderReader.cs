using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Manifests;

/// <summary>Reads what builds images.</summary>
internal sealed class BuilderReader(SettingsFiles files, bool hasRegistry, Report report)
{
    private static readonly string[] OfEveryKind = ["kind", "kanikoImage"];

    private readonly ClusterAccessReader access = new(files);

    /// <param name="fields">Below <c>builder</c>.</param>
    /// <param name="engine">Where others reach the engine.</param>
    public BuilderSettings Read(Fields fields, Uri engine)
    {
        var absent = new BuilderSettings();
        var kind = Values.Choice<BuilderKind>(fields.Find("kind")) ?? absent.Kind;
        if (kind != BuilderKind.Kubernetes)
        {
            foreach (var entry in fields.Entries.Where(entry => !OfEveryKind.Contains(entry.Name)))
                report.Refuse(entry.Key, $"{entry.Name} has a meaning for kind: kubernetes only.", "Remove it, or write kind: kubernetes.");
        }
        return new BuilderSettings
        {
            Kind = kind,
            KanikoImage = Values.Text(fields.Find("kanikoImage")) ?? absent.KanikoImage,
            Cluster = kind == BuilderKind.Kubernetes ? ReadCluster(fields, engine) : null,
        };
    }

    private ClusterBuilderSettings ReadCluster(Fields fields, Uri engine)
    {
        if (!hasRegistry)
            report.Refuse(fields.Find("kind")!, "A build on a cluster leaves its image at a registry, and none is set.", "Add registry: { prefix: registry.example.com/triggers } at the top level.");
        var absent = new ClusterBuilderSettings { EngineUrl = new AddressReader(report).ReadPublic(fields.Find("engineUrl")) ?? engine };
        return absent with
        {
            Access = access.Read(fields),
            Namespace = Values.Text(fields.Find("namespace")) ?? absent.Namespace,
            ContextImage = Values.Text(fields.Find("contextImage")) ?? absent.ContextImage,
            PushSecret = Values.Text(fields.Find("pushSecret")),
            PushImage = Values.Text(fields.Find("pushImage")) ?? absent.PushImage,
            Cache = Values.Text(fields.Find("cache")),
        };
    }
}
