using System.Text.Json.Nodes;

namespace GitOps.Triggers.Tests.Support.ApiServer;

/// <summary>What the server adds to the specification of a pod: pkg/apis/core/v1/defaults.go.</summary>
internal static class PodDefaults
{
    private const int ReadableFiles = 420; // 0644

    /// <summary>A pod itself gets a little more than a template of one.</summary>
    public static void Set(JsonObject spec, bool isPod)
    {
        spec.Default("restartPolicy", "Always");
        spec.Default("dnsPolicy", "ClusterFirst");
        spec.Default("schedulerName", "default-scheduler");
        spec.Default("terminationGracePeriodSeconds", 30);
        spec.Default("securityContext", new JsonObject());
        if (spec["serviceAccountName"] is { } account)
            spec["serviceAccount"] = account.DeepClone();
        if (isPod)
            spec.Default("enableServiceLinks", true);
        foreach (var container in spec.Items("containers").Concat(spec.Items("initContainers")))
            Container(container, isPod);
        foreach (var volume in spec.Items("volumes"))
            Volume(volume);
    }

    private static void Container(JsonObject container, bool isPod)
    {
        container.Default("terminationMessagePath", "/dev/termination-log");
        container.Default("terminationMessagePolicy", "File");
        container.Default("imagePullPolicy", IsLatest(Json.Text(container, "image")) ? "Always" : "IfNotPresent");
        var resources = container.Child("resources");
        if (isPod && resources["limits"] is JsonObject limits)
            foreach (var (name, limit) in limits)
                resources.Child("requests").Default(name, limit?.DeepClone());
        foreach (var port in container.Items("ports"))
            port.Default("protocol", "TCP");
        foreach (var variable in container.Items("env"))
            if (variable.At("valueFrom", "fieldRef") is JsonObject field)
                field.Default("apiVersion", "v1");
    }

    private static void Volume(JsonObject volume)
    {
        if (volume.Count == 1)
            volume["emptyDir"] = new JsonObject();
        foreach (var source in (string[])["secret", "configMap", "projected", "downwardAPI"])
            if (volume[source] is JsonObject files)
                files.Default("defaultMode", ReadableFiles);
        foreach (var token in volume["projected"].Items("sources").Select(source => source["serviceAccountToken"]).OfType<JsonObject>())
            token.Default("expirationSeconds", 3600);
        if (volume["hostPath"] is JsonObject path)
            path.Default("type", "");
    }

    private static bool IsLatest(string image)
    {
        var name = image[(image.LastIndexOf('/') + 1)..];
        return !name.Contains('@', StringComparison.Ordinal) && (!name.Contains(':', StringComparison.Ordinal) || name.EndsWith(":latest", StringComparison.Ordinal));
    }
}
