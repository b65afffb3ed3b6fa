using GitOps.Triggers.Containers;
using Xunit;

namespace GitOps.Triggers.Tests.Containers;

/// <summary>Every message here was printed by the real program.</summary>
public sealed class ContainerFailuresSpecs
{
    [Theory]
    [InlineData("Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?")]
    [InlineData("permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock")]
    [InlineData("Error: runc: runc create failed: unable to start container process: error during container init: error setting rlimits for ready process: error setting rlimit type 7: operation not permitted: OCI permission denied")]
    public void The_engine_itself(string message) => Is(ContainerFailureKind.Engine, message);

    [Theory]
    [InlineData("Error: creating build container: initializing source docker://reg.invalid/x:1: pinging container registry reg.invalid: Get \"https://reg.invalid/v2/\": dial tcp: lookup reg.invalid on 192.0.2.53:53: no such host")]
    [InlineData("error building image: unable to complete operation after 0 attempts, last error: Get \"https://index.docker.io/v2/\": dial tcp: lookup index.docker.io on 192.0.2.53:53: no such host")]
    [InlineData("Error: trying to reuse blob sha256:82250c at destination: pinging container registry 127.0.0.1:1: Get \"http://127.0.0.1:1/v2/\": dial tcp 127.0.0.1:1: connect: connection refused")]
    [InlineData("Error: reading image \"docker://127.0.0.1:5677/slug/trg\": pinging container registry 127.0.0.1:5677: Get \"https://127.0.0.1:5677/v2/\": http: server gave HTTP response to HTTPS client")]
    [InlineData("toomanyrequests: You have reached your pull rate limit.")]
    public void The_network(string message) => Is(ContainerFailureKind.Network, message);

    [Theory]
    [InlineData("Error: initializing source docker://127.0.0.1:5677/slug/nope:1: reading manifest 1 in 127.0.0.1:5677/slug/nope: manifest unknown: manifest unknown")]
    [InlineData("error building image: unable to complete operation after 0 attempts, last error: GET http://127.0.0.1:5677/v2/slug/nope/manifests/1: MANIFEST_UNKNOWN: manifest unknown; map[Tag:1]")]
    [InlineData("Error: creating build container: short-name \"nothere:1\" did not resolve to an alias and no unqualified-search registries are defined in \"/etc/containers/registries.conf\"")]
    [InlineData("Error response from daemon: failed to find image nope: docker.io/library/nope: No such image")]
    [InlineData("Error: inspecting object: nope: image not known")]
    [InlineData("no such manifest: 127.0.0.1:5677/slug/dock:1")]
    public void An_image_that_is_not_there(string message) => Is(ContainerFailureKind.NotFound, message);

    [Theory]
    [InlineData("Error response from daemon: pull access denied for x, repository does not exist or may require 'docker login': denied: requested access to the resource is denied")]
    [InlineData("Error: initializing source docker://example.com/x:1: reading manifest 1 in example.com/x: unauthorized: authentication required")]
    public void A_registry_that_refuses(string message) => Is(ContainerFailureKind.Denied, message);

    [Theory]
    [InlineData("Error: writing blob: storing blob to file \"/var/tmp/storage1/1\": write /var/tmp/storage1/1: no space left on device")]
    public void The_disk(string message) => Is(ContainerFailureKind.Storage, message);

    [Theory]
    [InlineData("Error: building at STEP \"RUN exit 7\": while running runtime: exit status 7")]
    [InlineData("error building image: parsing dockerfile: dockerfile parse error on line 2: unknown instruction: BOGUS")]
    public void What_is_none_of_these(string message) => Is(ContainerFailureKind.Other, message);

    private static void Is(ContainerFailureKind kind, string message) => Assert.Equal(kind, ContainerFailures.Classify(message));
}
