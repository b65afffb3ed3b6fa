using System.CommandLine;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Cli;

/// <summary>The options that many commands share: one meaning and one description everywhere.</summary>
internal sealed class CommonOptions
{
    public Option<string?> Config { get; } = new("--config", "-c")
    {
        HelpName = "FILE",
        Description = "The engine's configuration. Default: $GITOPS_TRIGGERS_CONFIG, else ./engine.yaml",
    };

    public Option<Uri?> Engine { get; } = new("--engine")
    {
        HelpName = "URL",
        Description = "The engine's address. Default: where the configuration says that it listens; with --token-file, its server.url",
        CustomParser = result =>
        {
            if (Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
                return url;
            result.AddError($"'{result.Tokens[0].Value}' is not an address such as http://127.0.0.1:8080.");
            return null;
        },
    };

    public Option<string?> TokenFile { get; } = new("--token-file")
    {
        HelpName = "FILE",
        Description = "The token of the engine's API. Default: the file 'token' in the engine's data folder",
    };

    public Option<OutputFormat?> Output { get; } = OutputOption("table|json|yaml", "How to show the data. Default: table");

    public Option<string?> Repository { get; } = new("--repository", "-r") { HelpName = "NAME", Description = "A repository, by its name in 'status'" };

    public Option<string?> Environment { get; } = new("--environment", "-e") { HelpName = "NAME", Description = "An environment, such as dev" };

    public static Option<OutputFormat?> OutputOption(string names, string description)
    {
        var words = names.Split('|');
        var option = new Option<OutputFormat?>("--output", "-o")
        {
            HelpName = names,
            Description = description,
            CustomParser = result =>
            {
                var word = result.Tokens[0].Value;
                if (words.Contains(word) && Enum.TryParse<OutputFormat>(word, ignoreCase: true, out var format))
                    return format;
                result.AddError($"'{Shown.Text(word)}' is none of {string.Join(", ", words)}.");
                return null;
            },
        };
        option.CompletionSources.Clear();
        option.CompletionSources.Add(words);
        return option;
    }
}
