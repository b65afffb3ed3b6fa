namespace GitOps.Triggers.Domain;

internal enum BuildState
{
    /// <summary>For a place, while others build.</summary>
    Waiting,
    Running,
    Succeeded,

    /// <summary>By the fault of its inputs: a step failed, or it took too long. The same inputs are not built again, unless somebody asks.</summary>
    Rejected,

    /// <summary>It could not be carried out, by nobody's fault who wrote the inputs. It is tried again.</summary>
    Failed,
    Cancelled,
}
