#!/usr/bin/env bash
# The main job, start to end, on this machine: a repository with a Dockerfile becomes a scheduled job, runs, is promoted to
# prod with the same image, and is rolled back by a revert. Nothing outside of a temporary folder is touched.
#
#   ./demo.sh          stays up at the end, to look around in (Ctrl-C ends it)
#   ./demo.sh --once   ends with exit code 0 and leaves nothing running
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
root=$PWD
once=false
case ${1:-} in
  "") [[ -t 1 ]] || once=true ;;
  --once) once=true ;;
  *) echo "usage: ./demo.sh [--once]" >&2; exit 2 ;;
esac

# shellcheck source=tests/setup/packages.sh
source tests/setup/packages.sh
# shellcheck source=tests/setup/containers.sh
source tests/setup/containers.sh

bold=$(tput bold 2>/dev/null || true) dim=$(tput dim 2>/dev/null || true) plain=$(tput sgr0 2>/dev/null || true)
[[ -t 1 ]] || bold="" dim="" plain=""
title() { printf '\n%s▶ %s%s\n' "$bold" "$*" "$plain"; }
show() { printf '%s$ %s%s\n' "$dim" "$*" "$plain"; "$@"; }
quietly() { "$@" >"$demo/last.log" 2>&1 || { cat "$demo/last.log" >&2; return 1; }; }

demo=$(mktemp -d "${TMPDIR:-/tmp}/gitops-triggers-demo.XXXXXX")
engine_pid=""
stop() {
  local code=$?
  trap - EXIT
  if ((code != 0)); then
    echo "The demo failed (exit code $code). The engine's last lines:" >&2
    tail -n 20 "$demo/engine.log" >&2 2>/dev/null || true
  fi
  if [[ -n $engine_pid ]] && kill "$engine_pid" 2>/dev/null; then wait "$engine_pid" 2>/dev/null || true; fi
  if [[ -n ${CONTAINER_ENGINE:-} ]]; then
    "$CONTAINER_ENGINE" ps -aq --filter "label=triggers.gitops/data=$demo/data" 2>/dev/null | xargs -r "$CONTAINER_ENGINE" rm -f >/dev/null 2>&1 || true
  fi
  rm -rf -- "$demo"
  exit "$code"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# --- What is needed, and an engine -----------------------------------------------------------------------------------------
title "Setting up"
need_dotnet
need git=git podman=podman runc=runc busybox-static=busybox
find_container_settings "$demo"
echo "Building the engine …"
quietly dotnet publish engine -c Release -o "$demo/bin" --nologo
export PATH=$demo/bin:$PATH GITOPS_TRIGGERS_CONFIG=$demo/engine.yaml
export GIT_CONFIG_GLOBAL=$demo/gitconfig GIT_CONFIG_NOSYSTEM=1
git config --global init.defaultBranch main
git config --global user.name "Demo"
git config --global user.email "demo@localhost"
git config --global advice.detachedHead false

port=$((20000 + RANDOM % 20000))
mkdir -p "$demo/secrets"
(umask 077 && head -c 32 /dev/urandom | base64 >"$demo/secrets/webhook")
cat >"$demo/engine.yaml" <<YAML
data: ./data
server: { url: "http://127.0.0.1:$port", listen: "http://127.0.0.1:$port" }
environments:
  - name: dev
    branch: main
    target: { kind: local }
  - name: prod
    branch: prod
    promotesFrom: dev
    target: { kind: local }
    gates: { successfulRuns: 1 }
webhooks: { secretFiles: [ ./secrets/webhook ] }
YAML
gitops-triggers serve >"$demo/engine.log" 2>&1 &
engine_pid=$!
for _ in $(seq 150); do
  kill -0 "$engine_pid" 2>/dev/null || { echo "The engine did not start." >&2; exit 1; }
  gitops-triggers status >/dev/null 2>&1 && break
  sleep 0.2
done

# --- A repository ----------------------------------------------------------------------------------------------------------
title "A repository with a Dockerfile and a trigger.yaml"
work=$demo/session-timeout
git init --quiet --bare "$demo/session-timeout.git"
git init --quiet "$work"
cp -r examples/session-timeout/. "$work"
cd "$work"
# The image that this machine has instead of docker.io/library/busybox, and a schedule that is due every minute.
sed -i "s|^run:|build: { args: { BASE: $BUSYBOX_IMAGE } }\n\nrun:|; s|\"\*/5 \* \* \* \*\"|\"* * * * *\"|; s|IDLE_MINUTES: \"30\"|IDLE_MINUTES: \"20\"|" trigger.yaml
git remote add origin "file://$demo/session-timeout.git"
show gitops-triggers lint
show gitops-triggers connect "file://$demo/session-timeout.git"

commit_and_push() { # message, branch
  git add -A
  git commit --quiet -m "$1"
  show git push --quiet origin "HEAD:$2"
  show gitops-triggers status --wait --commit "$(git rev-parse HEAD)" --environment "$3"
}

title "Push to main: it is built, and scheduled in dev"
commit_and_push "Send session time-out messages" main dev
show gitops-triggers logs --build latest
show gitops-triggers next session-timeout -e dev

title "A first run, on demand"
show gitops-triggers run session-timeout -e dev --follow
first=$(gitops-triggers releases session-timeout -e dev --output json | grep -m1 '"image"')

title "Only the schedule changes: nothing is built"
builds=$(gitops-triggers builds --output json | grep -c '"inputHash"')
sed -i "s|\"\* \* \* \* \*\"|\"*/2 * * * *\"|" trigger.yaml
show gitops-triggers diff -e dev || true
commit_and_push "Run every two minutes" main dev
[[ $(gitops-triggers builds --output json | grep -c '"inputHash"') == "$builds" ]]

title "Merge to prod: the very image that ran in dev, never a rebuild"
commit_and_push_prod() { show git push --quiet origin "HEAD:prod"; show gitops-triggers status --wait --commit "$(git rev-parse HEAD)" --environment prod; }
git checkout --quiet -b prod
commit_and_push_prod
promoted=$(gitops-triggers releases session-timeout -e prod --output json | grep -m1 '"image"')
[[ $promoted == "$first" && $(gitops-triggers builds --output json | grep -c '"inputHash"') == "$builds" ]]
echo "Same image in dev and prod, and still $builds build."
