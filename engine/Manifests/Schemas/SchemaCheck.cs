using System.Globalization;
using GitOps.Triggers.Domain;
using Newtonsoft.Json.Linq;
using NJsonSchema;
using NJsonSchema.Validation;

namespace GitOps.Triggers.Manifests;

/// <summary>Holds a file against its schema and turns what the validator says into findings in the words of the schema, at the place in the file.</summary>
internal sealed class SchemaCheck
{
    private readonly PublishedSchema schema;
    private readonly Report report;
    private readonly Node root;
    private readonly JsonTokens tokens;

    private SchemaCheck(PublishedSchema schema, Node root, Report report)
    {
        (this.schema, this.root, this.report) = (schema, root, report);
        tokens = new JsonTokens(root);
    }

    public static void Run(PublishedSchema schema, Node root, Report report)
    {
        var check = new SchemaCheck(schema, root, report);
        // No validators of formats: the schemas use none.
        var validator = new JsonSchemaValidator(new JsonSchemaValidatorSettings { FormatValidators = [] });
        foreach (var error in validator.Validate(check.tokens.Root, schema.Root))
            check.Translate(error);
    }

    private void Translate(ValidationError error)
    {
        switch (error)
        {
            case ChildSchemaValidationError child:
                foreach (var inner in child.Errors.Values.SelectMany(errors => errors))
                    Translate(inner);
                break;
            case MultiTypeValidationError several:
                TranslateSeveral(several);
                break;
            default:
                Translate(error.Kind, error.Property, error.Token!, error.Schema);
                break;
        }
    }

    /// <summary>Of a value that may be of several kinds: what is wrong with it as the kind that it is, or that it is of none of them.</summary>
    private void TranslateSeveral(MultiTypeValidationError several)
    {
        var best = several.Errors.Values.MinBy(errors => errors.Any(IsOfKind) ? 1 : 0)!;
        if (best.Any(IsOfKind))
            Translate(ValidationErrorKind.NoTypeValidates, several.Property, several.Token!, several.Schema);
        else
            foreach (var error in best)
                Translate(error);
    }

    private void Translate(ValidationErrorKind kind, string? property, JToken token, JsonSchema asked)
    {
        var node = tokens.NodeOf(token);
        switch (kind)
        {
            case ValidationErrorKind.NoAdditionalPropertiesAllowed:
                RefuseKey((Node.Scalar)node, tokens.NodeOf(token.Parent!), asked);
                break;
            case ValidationErrorKind.PropertyRequired:
                // The validator misses keys in what is no mapping, too; that it should be one is said already, or it may be something else.
                if (node is Node.Mapping mapping)
                    RefuseMissing(mapping, property!, asked);
                break;
            case ValidationErrorKind.NotInEnumeration:
                RefuseChoice(node, asked);
                break;
            default:
                var (message, fix) = Describe(kind, node, asked);
                report.Refuse(node, message, fix);
                break;
        }
    }

    private void RefuseKey(Node.Scalar key, Node holder, JsonSchema asked) =>
        report.Refuse(key, $"Unknown key '{Shown.Text(key.Text)}'.", schema.Keys.Fix(key.Text, NodePath.Of(root, holder), asked));

    private void RefuseMissing(Node.Mapping holder, string key, JsonSchema asked)
    {
        // A slip in the key is one mistake: the key that is not known has been, or will be, refused.
        if (holder.Entries.Any(entry => !asked.Properties.ContainsKey(entry.Name) && schema.Keys.Means(entry.Name, key)))
            return;
        var property = asked.Properties[key];
        var actual = property.ActualSchema;
        var example = (property.Extension("examples") ?? actual.Extension("examples")) is object[] { Length: > 0 } examples ? examples[0] as string : null;
        var fix = example is null ? actual.Fix() ?? $"Add {key}:." : $"Add {key}: {example}.";
        report.RefuseMissing(holder, key, $"'{key}' is missing.", fix);
    }

    private void RefuseChoice(Node node, JsonSchema asked)
    {
        var choices = asked.Enumeration.Select(choice => choice!.ToString()!).ToList();
        var near = choices.Count == 1 ? choices[0] : node is Node.Scalar scalar ? Nearest.To(scalar.Text, choices) : null;
        report.Refuse(node, $"Expected {SchemaWords.Or(choices)}, found {SchemaWords.Seen(node, asked.IsSecret())}.",
            $"Write {near ?? SchemaWords.Or(choices)}.");
    }

    private static (string Message, string Fix) Describe(ValidationErrorKind kind, Node node, JsonSchema asked) => kind switch
    {
        ValidationErrorKind.PatternMismatch or ValidationErrorKind.StringTooShort =>
            ($"{(asked.IsSecret() ? "The value" : $"'{Shown.Text(((Node.Scalar)node).Text)}'")} is not {SchemaWords.Noun(asked)}.", asked.Fix() ?? "Write one."),
        ValidationErrorKind.StringTooLong =>
            (string.Create(CultureInfo.InvariantCulture, $"The {asked.Title} has {((Node.Scalar)node).Text.Length} characters; at most {asked.MaxLength} are allowed."), "Shorten it."),
        ValidationErrorKind.NumberTooSmall or ValidationErrorKind.NumberTooBig =>
            ($"{Shown.Text(((Node.Scalar)node).Text)} is out of range.", $"Write a whole number{SchemaWords.Range(asked)}."),
        ValidationErrorKind.TooFewItems or ValidationErrorKind.TooFewProperties => ("It is empty.", asked.Fix() ?? "Add at least one."),
        ValidationErrorKind.TooManyProperties =>
            (string.Create(CultureInfo.InvariantCulture, $"It has {((Node.Mapping)node).Entries.Count(entry => !entry.IsExtension)} entries; at most {asked.MaxProperties} are allowed."), "Remove some."),
        ValidationErrorKind.TooManyItems =>
            (string.Create(CultureInfo.InvariantCulture, $"The list has {((Node.Sequence)node).Items.Count} items; at most {asked.MaxItems} are allowed."), "Remove some."),
        _ => ($"Expected {SchemaWords.Expected(asked)}, found {SchemaWords.Seen(node, asked.IsSecret())}.", SchemaWords.FixOfKind(node, asked)),
    };

    private static bool IsOfKind(ValidationError error) => error.Kind
        is ValidationErrorKind.StringExpected or ValidationErrorKind.NumberExpected or ValidationErrorKind.IntegerExpected
        or ValidationErrorKind.BooleanExpected or ValidationErrorKind.ObjectExpected or ValidationErrorKind.ArrayExpected or ValidationErrorKind.NullExpected;
}
