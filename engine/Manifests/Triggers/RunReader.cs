using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Manifests;

/// <summary>Reads a <c>run:</c>, alone or merged with the one that it overrides: mappings key by key, everything else is replaced.</summary>
internal sealed class RunReader(Report report)
{
    private readonly Values values = new(report);
    private readonly VariableReader variables = new(report);
    private readonly FileReader files = new(report);

    public RunSpec Read(Node? own, Node? inherited = null)
    {
        var fields = new Fields(own, inherited);
        var resources = fields.Within("resources");
        var history = fields.Within("history");
        var absent = new RunSpec();
        return new RunSpec
        {
            Command = Values.Words(fields.Find("command")) ?? absent.Command,
            Args = Values.Words(fields.Find("args")) ?? absent.Args,
            Env = variables.Read(fields.Within("env")),
            Files = files.Read(fields.Within("files")),
            Cpu = values.Cpu(resources.Find("cpu")) ?? absent.Cpu,
            Memory = values.Memory(resources.Find("memory")) ?? absent.Memory,
            Timeout = values.Duration(fields.Find("timeout"), "1s", "7d") ?? absent.Timeout,
            Retries = Values.Integer(fields.Find("retries")) ?? absent.Retries,
            ConcurrencyPolicy = Values.Choice<ConcurrencyPolicy>(fields.Find("concurrencyPolicy")) ?? absent.ConcurrencyPolicy,
            // The controller looks every ten seconds: a shorter deadline can pass before it has looked once.
            StartingDeadline = values.Duration(fields.Find("startingDeadline"), "10s", "7d"),
            SuccessfulHistory = Values.Integer(history.Find("successful")) ?? absent.SuccessfulHistory,
            FailedHistory = Values.Integer(history.Find("failed")) ?? absent.FailedHistory,
        };
    }
}
