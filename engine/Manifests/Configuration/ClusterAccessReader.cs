using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Manifests;

/// <summary>Reads how a cluster is reached; the same keys wherever a cluster is named.</summary>
internal sealed class ClusterAccessReader(SettingsFiles files)
{
    public ClusterAccess Read(Fields fields)
    {
        var absent = new ClusterAccess();
        return new ClusterAccess
        {
            Kubeconfig = files.Path(fields.Find("kubeconfig")),
            Context = Values.Text(fields.Find("context")),
            AllowExecPlugins = Values.Boolean(fields.Find("allowExecPlugins")) ?? absent.AllowExecPlugins,
            AllowInsecureTls = Values.Boolean(fields.Find("allowInsecureTls")) ?? absent.AllowInsecureTls,
        };
    }
}
