using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GitOps.Triggers.Tests.Fuzzing;

/// <summary>An entry of a git tree, as its author could make it. Names and contents are bytes, one to a character.</summary>
/// <param name="Name">Whatever its author made it.</param>
/// <param name="Mode">As the tree has it: git itself writes few of those that it reads.</param>
/// <param name="Content">Of a file or link; of a submodule its commit's first digits.</param>
/// <param name="Nodes">Of a folder, or of what is one and is called a file.</param>
internal sealed record TreeNode(string Name, string Mode, string? Content, IReadOnlyList<TreeNode>? Nodes)
{
    private static readonly JsonSerializerOptions Options = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    [JsonIgnore]
    public bool IsFolder => Nodes is not null && Mode.StartsWith('4');

    [JsonIgnore]
    public byte[] NameBytes => Encoding.Latin1.GetBytes(Name);

    /// <summary>As whoever reads the tree sees it.</summary>
    [JsonIgnore]
    public string Shown => Encoding.UTF8.GetString(NameBytes);

    [JsonIgnore]
    public byte[] ContentBytes => Encoding.Latin1.GetBytes(Content ?? "");

    public static TreeNode File(string name, string content, string mode = "100644") => new(name, mode, content, null);

    public static TreeNode Folder(string name, params IReadOnlyList<TreeNode> nodes) => new(name, "40000", null, nodes);

    public static byte[] Write(TreeCase trees) => JsonSerializer.SerializeToUtf8Bytes(trees, Options);

    public static TreeCase Read(byte[] input) => JsonSerializer.Deserialize<TreeCase>(input, Options)!;
}
