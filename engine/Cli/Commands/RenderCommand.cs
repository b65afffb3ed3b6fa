using System.CommandLine;
using System.Text.Json.Nodes;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Rendering;
using k8s;
using k8s.Models;

namespace GitOps.Triggers.Cli.Commands;

internal static class RenderCommand
{
    public static Command Create(CommandScope scope)
    {
        var path = PathArgument.Create();
        var environment = PathArgument.Environment("The environment to render for");
        var image = new Option<ImageReference?>("--image")
        {
            HelpName = "NAME@DIGEST",
            Description = "The image. Default: one of zeros, for an image is known only after its build",
            CustomParser = result =>
            {
                if (!ImageReference.TryParse(result.Tokens[0].Value, out var reference))
                    result.AddError($"'{Shown.Text(result.Tokens[0].Value)}' is not an image by digest (name@sha256:… or sha256:…).");
                return reference;
            },
        };
        var output = CommonOptions.OutputOption("yaml|json", "How to write it. Default: yaml");
        var command = new Command("render", "The CronJob that would be applied, without an engine; fit for 'kubectl apply'") { path, environment, image, scope.Options.Config, output };
        command.SetAction(async (parse, ct) =>
        {
            var definition = new PreviewEnvironment(scope.Shell).Find(parse.GetRequiredValue(environment), parse.GetValue(scope.Options.Config));
            var local = (await LocalManifests.ReadAsync(scope.Shell.FullPath(parse.GetRequiredValue(path)), environments: null, id: null, ct)).RequireNoErrors();
            var manifests = PathArgument.In(local, definition.Name);
            var jobs = manifests.Select(manifest => Preview.Render(local.Checkout.Repository, definition, manifest, parse.GetValue(image), local.Checkout.Head, inputs: null)).ToList();
            SpreadNote.Show(scope.Terminal, local, manifests, definition.Name);
            Write(scope.Terminal.Out, jobs, parse.GetValue(output) ?? OutputFormat.Yaml);
            return ExitCode.Fine;
        });
        return command;
    }

    private static void Write(TextWriter writer, IReadOnlyList<V1CronJob> jobs, OutputFormat format)
    {
        if (format != OutputFormat.Json)
            writer.Write(string.Join("---\n", jobs.Select(RenderedYaml.Write)));
        else if (jobs is [var only])
            writer.WriteLine(Json(only));
        else
            writer.WriteLine(new JsonObject { ["apiVersion"] = "v1", ["kind"] = "List", ["items"] = new JsonArray([.. jobs.Select(Json)]) });
    }

    private static JsonNode Json(V1CronJob job) => JsonNode.Parse(KubernetesJson.Serialize(job))!;
}
