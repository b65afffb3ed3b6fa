using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Manifests;

/// <summary>Reads <c>{ secret: name, key: key }</c> and <c>{ config: name, key: key }</c>.</summary>
internal sealed class SourceReader(Report report)
{
    private const string Form = "Write { secret: name, key: key } or { config: name, key: key }.";

    public KeySource? Read(Node.Mapping mapping)
    {
        var fields = new Fields(mapping);
        var (secret, config, key) = (fields.Find("secret"), fields.Find("config"), fields.Find("key"));
        if (secret is not null && config is not null)
            report.Refuse(mapping, "It names both a secret and a config.", Form);
        else if (secret is null && config is null && mapping.Entries.All(entry => entry.Name == "key" || entry.IsExtension))
            report.RefuseMissing(mapping, "secret", "It names neither a secret nor a config.", Form);
        var name = secret ?? config;
        if (Values.Text(name) is not { } nameText || Values.Text(key) is not { } keyText)
            return null;
        if (nameText.Length > 253 || !nameText.Split('.').All(label => DnsLabel.IsValid(label, 63)))
            report.Refuse(name!, $"'{Shown.Text(nameText)}' is not a name of a Secret or ConfigMap.", "Use lower-case letters, digits, dashes and dots, each part beginning and ending with a letter or digit.");
        if (keyText is "." || keyText.StartsWith("..", StringComparison.Ordinal) || keyText.Contains('/'))
            report.Refuse(key!, $"'{Shown.Text(keyText)}' is not a key of a Secret or ConfigMap.", "Use letters, digits, dots, dashes and underscores; not beginning with '..'.");
        return new KeySource(secret is not null ? KeySourceKind.Secret : KeySourceKind.Config, nameText, keyText);
    }
}
