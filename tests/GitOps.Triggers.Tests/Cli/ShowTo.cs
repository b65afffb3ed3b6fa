namespace GitOps.Triggers.Tests.Cli;

internal enum ShowTo
{
    Pipe,
    Person,
}
