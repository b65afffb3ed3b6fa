namespace GitOps.Triggers.Domain;

/// <summary>Why a run or an attempt ended, waits or was not started: the kubelet's and the controllers' words where they have one, so that both sizes speak alike.</summary>
internal static class RunReasons
{
    public const string Completed = "Completed";
    public const string Error = "Error";
    public const string OutOfMemory = "OOMKilled";
    public const string DeadlineExceeded = "DeadlineExceeded";

    /// <summary>It waits for a place to run in: as many go on as may.</summary>
    public const string Unschedulable = "Unschedulable";

    public const string ImagePull = "ErrImagePull";

    /// <summary>What the container needs is missing or not allowed: a secret's key, an image that runs as root.</summary>
    public const string Configuration = "CreateContainerConfigError";

    public const string Create = "CreateContainerError";

    /// <summary>The program could not be started.</summary>
    public const string Start = "StartError";

    /// <summary>It began, and its container is gone.</summary>
    public const string Lost = "ContainerStatusUnknown";

    public const string Replaced = "Replaced";

    /// <summary>Its Job was deleted while it went on.</summary>
    public const string Deleted = "Deleted";

    /// <summary>The cluster refused its Job.</summary>
    public const string NotStarted = "NotStarted";

    /// <summary>It was asked for, and its Job never came to be.</summary>
    public const string NotCreated = "NotCreated";

    /// <summary>The trigger was suspended when it was due.</summary>
    public const string Suspended = "Suspended";

    /// <summary>The one before still went on when it was due.</summary>
    public const string AlreadyActive = "JobAlreadyActive";

    /// <summary>Nothing was started for its due time.</summary>
    public const string Missed = "MissSchedule";

    /// <summary>It was due while the engine did not see the cluster.</summary>
    public const string Unseen = "Unseen";
}
