using GitOps.Triggers.Domain;
using GitOps.Triggers.Tests.Containers;

namespace GitOps.Triggers.Tests.Pipeline;

/// <summary>A podman that knows the images which stand as files beside it: the file's name is the image's id, its content the label of its input hash.</summary>
internal static class PodmanStore
{
    private const string Answers = """
        here="${0%/*}"
        case "$1" in
          --version) echo podman version 5.4.2 ;;
          version) echo 5.4.2 ;;
          image) [ -f "$here/hangs" ] && touch "$here/hanging" && exec sleep 600
                 [ -f "$here/down" ] && echo 'Error: database is locked' >&2 && exit 125
                 echo . >> "$here/asked"
                 while [ "$1" != -- ]; do shift; done; shift
                 for image; do
                   id="${image#sha256:}"
                   [ -f "$here/$id" ] || { echo "Error: $image: image not known" >&2; exit 125; }
                   echo "[{\"Id\":\"$id\",\"Config\":{\"Labels\":{\"triggers.gitops/input-hash\":\"$(cat "$here/$id")\"}}}]"
                 done ;;
          rmi) [ -f "$here/in-use" ] && echo 'Error: image is in use by a container' >&2 && exit 2
               shift 2; rm -f "$here/${1#sha256:}" ;;
        esac
        """;

    public static Script Create() => new("podman", Answers);

    public static string FileOf(string folder, ImageReference image) => Path.Combine(folder, image.Digest.Value["sha256:".Length..]);
}
