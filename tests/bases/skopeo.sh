# Sourced by make. Debian's skopeo, as the image that pushes what a build on a cluster has made.
unpack_packages "${root:?}" skopeo
