namespace GitOps.Triggers.Tests.Support.ApiServer;

/// <summary>Who owns fields. The same name is another manager when it applies than when it updates: the operation is <c>Apply</c> or <c>Update</c>.</summary>
internal sealed record Manager(string Name, string Operation, string ApiVersion, string Subresource = "")
{
    /// <summary>As a conflict names it.</summary>
    public override string ToString() =>
        $"\"{Name}\"{(Subresource.Length == 0 ? "" : $" with subresource \"{Subresource}\"")}{(Operation == "Apply" ? "" : $" using {ApiVersion}")}";
}
