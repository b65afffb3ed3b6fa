namespace GitOps.Triggers.Cli;

internal enum OutputFormat
{
    Table,
    Json,
    Yaml,
}
