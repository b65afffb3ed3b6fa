using k8s;
using k8s.Autorest;
using k8s.Models;
using Xunit;

namespace GitOps.Triggers.Tests.Support.ApiServer;

/// <summary>What a failed call was answered with.</summary>
internal static class Refusal
{
    public static async Task<V1Status> OfAsync(Task call)
    {
        var failure = await Assert.ThrowsAsync<HttpOperationException>(() => call);
        var status = KubernetesJson.Deserialize<V1Status>(failure.Response.Content);
        Assert.Equal((int)failure.Response.StatusCode, status.Code);
        return status;
    }
}
