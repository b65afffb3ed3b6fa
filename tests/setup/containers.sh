# Sourced by demo.sh and test.sh. Finds out by trying whether containers run on this machine as they are, or with
# special settings (restricted build machines refuse crun or the default limits); the settings go into a file that
# CONTAINERS_CONF names, for this script's children only. The engine itself never sets them.

# usage: find_container_settings FOLDER     sets CONTAINER_ENGINE and, where it must, CONTAINERS_CONF
find_container_settings() {
  local folder=$1
  if command -v podman >/dev/null 2>&1; then
    export CONTAINER_ENGINE=podman
  elif docker version >/dev/null 2>&1; then
    export CONTAINER_ENGINE=docker
  else
    echo "No container engine: install podman (Debian: apt-get install podman) or start Docker." >&2
    return 3
  fi
  _make_probe "$folder" || return 3
  _probe && return 0
  [[ $CONTAINER_ENGINE == podman ]] || { echo "Docker cannot run a container here:" >&2; cat "$folder/probe.log" >&2; return 3; }
  cat >"$folder/containers.conf" <<'CONF'
[engine]
runtime = "runc"
[containers]
default_ulimits = ["nofile=1024:1024", "nproc=1024:1024"]
CONF
  export CONTAINERS_CONF=$folder/containers.conf
  if _probe; then
    echo "Containers need special settings on this machine: runc and lower limits (CONTAINERS_CONF=$CONTAINERS_CONF)." >&2
    return 0
  fi
  echo "podman cannot run a container here, neither as it is nor with runc and lower limits:" >&2
  cat "$folder/probe.log" >&2
  return 3
}

# The demo's and the tests' base image, from this machine's own busybox: no registry is asked.
BUSYBOX_IMAGE=localhost/gitops-triggers-tests/busybox:latest

_make_probe() {
  local engine=$CONTAINER_ENGINE context
  PROBE_LOG=$1/probe.log
  "$engine" image inspect "$BUSYBOX_IMAGE" >/dev/null 2>&1 && return 0
  "$(dirname "${BASH_SOURCE[0]}")/../bases/make" busybox >"$PROBE_LOG" 2>&1 && return 0
  echo "Could not make the base image:" >&2
  cat "$PROBE_LOG" >&2
  return 3
}

_probe() {
  "$CONTAINER_ENGINE" run --rm --read-only --cap-drop=ALL --memory 64m "$BUSYBOX_IMAGE" true >"$PROBE_LOG" 2>&1
}
