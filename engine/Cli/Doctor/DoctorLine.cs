namespace GitOps.Triggers.Cli;

/// <param name="What">What was looked at.</param>
/// <param name="State">How it is.</param>
/// <param name="Message">What was seen.</param>
/// <param name="Fix">What to do; none when it is well.</param>
internal sealed record DoctorLine(string What, DoctorState State, string Message, string? Fix)
{
    public static DoctorLine Ok(string what, string message) => new(what, DoctorState.Ok, message, null);

    public static DoctorLine Warn(string what, string message, string fix) => new(what, DoctorState.Warn, message, fix);

    public static DoctorLine Fail(string what, string message, string fix) => new(what, DoctorState.Fail, message, fix);
}
