using System.Data.Common;

namespace GitOps.Triggers.Storage;

internal static class DbCommandExtensions
{
    public static DbParameter Add(this DbCommand command, string name)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        command.Parameters.Add(parameter);
        return parameter;
    }
}
