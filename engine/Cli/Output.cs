using System.Text.Json;
using System.Text.Json.Nodes;
using GitOps.Triggers.Web;
using Spectre.Console;
using YamlDotNet.Serialization;

namespace GitOps.Triggers.Cli;

/// <summary>Writes a command's data as a table for people, or as JSON or YAML for programs, from one and the same object.</summary>
internal sealed class Output(Terminal terminal, OutputFormat format)
{
    private static readonly JsonSerializerOptions Indented = new(WebJson.Options) { WriteIndented = true };

    /// <param name="data">What JSON and YAML show.</param>
    /// <param name="table">How people see it.</param>
    public void Write<T>(T data, Func<T, Table> table)
    {
        if (format == OutputFormat.Table)
            terminal.Data.Write(table(data));
        else
            WriteRaw(data);
    }

    /// <summary>As <see cref="Write{T}"/>, where people read text and not a table.</summary>
    public void WriteText<T>(T data, Func<T, IEnumerable<string>> lines)
    {
        if (format != OutputFormat.Table)
            WriteRaw(data);
        else
            foreach (var line in lines(data))
                Console.Out.WriteLine(line);
    }

    /// <summary>A table without lines, as kubectl prints them: easy to read, easy to cut.</summary>
    public static Table Table(params string[] columns)
    {
        var table = new Table { Border = TableBorder.None, UseSafeBorder = false, ShowHeaders = true };
        foreach (var column in columns)
            table.AddColumn(new TableColumn(new Text(column, new Style(decoration: Decoration.Bold))) { NoWrap = true, Padding = new Padding(0, 0, 2, 0) });
        return table;
    }

    private void WriteRaw<T>(T data)
    {
        var json = JsonSerializer.Serialize(data, Indented);
        Console.Out.WriteLine(format == OutputFormat.Json ? json : Yaml(JsonNode.Parse(json)).TrimEnd());
    }

    private static string Yaml(JsonNode? node) => new SerializerBuilder().Build().Serialize(Plain(node)!);

    private static object? Plain(JsonNode? node) => node switch
    {
        JsonObject map => map.ToDictionary(pair => pair.Key, pair => Plain(pair.Value)),
        JsonArray list => list.Select(Plain).ToList(),
        JsonValue value when value.TryGetValue<bool>(out var flag) => flag,
        JsonValue value when value.TryGetValue<long>(out var number) => number,
        JsonValue value when value.TryGetValue<double>(out var number) => number,
        JsonValue value => value.ToString(),
        _ => null,
    };
}
