namespace GitOps.Triggers.Cli;

internal enum DoctorState
{
    Ok,

    /// <summary>The engine works, but not as well or as safely as it could.</summary>
    Warn,

    /// <summary>The engine, or a part of it, does not work.</summary>
    Fail,
}
