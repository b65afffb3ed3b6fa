using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using GitOps.Triggers.Web;
using Spectre.Console;
using YamlDotNet.Serialization;

namespace GitOps.Triggers.Cli;

/// <summary>Writes a command's data for people, or as JSON or YAML for programs, from one and the same object.</summary>
internal sealed class Output(Terminal terminal, OutputFormat format)
{
    private static readonly JsonSerializerOptions Indented = new(WebJson.Options)
    {
        WriteIndented = true,
        // For a terminal or a pipe, not for a web page: an apostrophe may stay one.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    // A text that would read as a number or a flag keeps its quotes.
    private static readonly ISerializer Yaml = new SerializerBuilder().WithQuotingNecessaryStrings().Build();

    public bool IsForPeople => format == OutputFormat.Table;

    /// <param name="data">What JSON and YAML show.</param>
    /// <param name="table">How people see it.</param>
    public void Write<T>(T data, Func<T, Table> table)
    {
        if (IsForPeople)
            terminal.Data.WriteWhole(table(data));
        else
            WriteRaw(data);
    }

    /// <summary>Where people read more than one table.</summary>
    public void Write<T>(T data, Action<T, IAnsiConsole> show)
    {
        if (IsForPeople)
            show(data, terminal.Data);
        else
            WriteRaw(data);
    }

    private void WriteRaw<T>(T data)
    {
        var json = JsonSerializer.Serialize(data, Indented);
        terminal.Out.WriteLine(format == OutputFormat.Json ? json : Yaml.Serialize(Plain(JsonNode.Parse(json))!).TrimEnd());
    }

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
