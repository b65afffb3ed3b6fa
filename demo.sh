#!/usr/bin/env bash
# The main job, start to end, on this machine: a repository with a Dockerfile becomes a scheduled job, runs, is promoted to
# prod with the same image, and is rolled back by a revert. What it makes goes with it at its end. What stays: packages that it had to
# install, the base image localhost/gitops-triggers-tests/busybox in the container store, and the engine's build in engine/bin and engine/obj.
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

# Runs outlive an engine on purpose; the demo's own do not outlive the demo. Returns 1 when something is left.
remove_traces() {
  local owner left
  owner=triggers.gitops/engine=$(printf '%s' "$demo/data" | sha256sum | cut -c1-12)
  containers() { "$CONTAINER_ENGINE" ps -aq --filter "label=$owner"; }
  images() { "$CONTAINER_ENGINE" images -q --filter "reference=localhost/gitops-triggers/${repository}/*" | sort -u; }
  containers | xargs -r "$CONTAINER_ENGINE" rm -f >"$demo/last.log" 2>&1 || cat "$demo/last.log" >&2
  images | xargs -r "$CONTAINER_ENGINE" rmi -f >"$demo/last.log" 2>&1 || cat "$demo/last.log" >&2
  left=$(containers; images)
  if [[ -n $left ]]; then
    echo "Left in the container store, to be removed by hand: ${left//$'\n'/ }" >&2
    return 1
  fi
  echo "No container with the label $owner is left, and no image of $repository."
}

# By the path that the engine sees too: it marks its containers with a hash of it.
demo=$(mktemp -d "${TMPDIR:-/tmp}/gitops-triggers-demo.XXXXXX")
demo=$(cd "$demo" && pwd -P)
repository=demo-$(basename "$demo" | tr 'A-Z.' 'a-z-' | tail -c 7)
engine_pid=""
stop() {
  local code=$?
  trap - EXIT
  if ((code != 0)); then
    echo "The demo failed (exit code $code). The engine's last lines:" >&2
    tail -n 20 "$demo/engine.log" >&2 2>/dev/null || true
  fi
  if [[ -n $engine_pid ]] && kill "$engine_pid" 2>/dev/null; then wait "$engine_pid" 2>/dev/null || true; fi
  if [[ -n ${CONTAINER_ENGINE:-} ]] && ! remove_traces && ((code == 0)); then
    code=1
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
quietly dotnet publish engine -c Release -o "$demo/bin" --nologo -p:RunAnalyzers=false
export PATH=$demo/bin:$PATH GITOPS_TRIGGERS_CONFIG=$demo/engine.yaml
export GIT_CONFIG_GLOBAL=$demo/gitconfig GIT_CONFIG_NOSYSTEM=1
git config --global init.defaultBranch main
git config --global user.name Demo
git config --global user.email demo@localhost

mkdir -p "$demo/secrets"
(umask 077 && head -c 32 /dev/urandom | base64 >"$demo/secrets/webhook")
configure() {
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
builder: { kind: local }   # the demo's base image is in this machine's store only, and Kaniko asks registries
resync: 10s
YAML
}
is_taken() { (: <"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }
answers() { # 0; 1 when the engine ended, as it does when somebody took the port since it was looked at
  local deadline=$((SECONDS + 120))
  while ((SECONDS < deadline)); do
    kill -0 "$engine_pid" 2>/dev/null || return 1
    gitops-triggers status >/dev/null 2>&1 && return 0
    sleep 0.2
  done
  echo "The engine did not answer within two minutes at http://127.0.0.1:$port." >&2
  exit 1
}
for try in 1 2 3; do
  port=$((20000 + RANDOM % 12000))
  while is_taken "$port"; do port=$((20000 + RANDOM % 12000)); done
  configure
  gitops-triggers serve >"$demo/engine.log" 2>&1 &
  engine_pid=$!
  answers && break
  engine_pid=""
  ((try < 3)) || { echo "The engine did not start, on three ports." >&2; exit 1; }
done

# --- A repository ----------------------------------------------------------------------------------------------------------
title "A repository with a Dockerfile and a trigger.yaml"
work=$demo/work
git init --quiet --bare "$demo/$repository.git"
git init --quiet "$work"
cp -r examples/session-timeout/. "$work"
cd "$work"
# The image that this machine has instead of docker.io/library/busybox, and a time that comes soon.
sed -i "s|^run:|build: { args: { BASE: $BUSYBOX_IMAGE } }\n\nrun:|; s|\"\*/5 \* \* \* \*\"|\"* * * * *\"|" trigger.yaml
git remote add origin "file://$demo/$repository.git"
show gitops-triggers lint
show gitops-triggers connect "file://$demo/$repository.git"

built() { gitops-triggers builds --output json | grep -c '"inputHash"' || true; }
image_in() { gitops-triggers releases session-timeout -e "$1" --output json | grep -m1 -o '"image": "[^"]*"'; }
commit() { git add -A && git commit --quiet -m "$1"; }
push() { # branch, environment: and wait until the engine is done with it
  show git push --quiet origin "HEAD:$1"
  show gitops-triggers status --wait --commit "$(git rev-parse --short=10 HEAD)" -e "$2"
}
expect() { # sentence, command...: what the demo shows, checked
  local sentence=$1
  shift
  "$@" || { echo "NOT SO: $sentence" >&2; exit 1; }
  printf '%s✔ %s%s\n' "$bold" "$sentence" "$plain"
}

title "Push to main: it is built, and scheduled in dev"
commit "Send session time-out messages"
push main dev
show gitops-triggers logs --build latest
show gitops-triggers next session-timeout -e dev --count 3

title "A first run, on demand"
show gitops-triggers run session-timeout -e dev --follow
first=$(image_in dev)

title "Only the schedule changes: nothing is built"
sed -i "s|\"\* \* \* \* \*\"|\"*/2 * * * *\"|" trigger.yaml
commit "Run every two minutes"
push main dev
expect "Still one build" test "$(built)" = 1

title "Merge to prod: the very image that ran in dev, never a rebuild"
git checkout --quiet -b prod
push prod prod
expect "prod runs the image of dev: ${first#*: }" test "$(image_in prod)" = "$first"
expect "Still one build" test "$(built)" = 1

title "Another version goes the same way"
git checkout --quiet main
sed -i 's/has timed out: idle/timed out: idle/' session-timeout.sh
commit "Shorten the message"
push main dev
show gitops-triggers run session-timeout -e dev --follow
git checkout --quiet prod
git merge --quiet --no-ff -m "Promote the shorter message" main
push prod prod
expect "prod runs the new image" test "$(image_in prod)" = "$(image_in dev)"

title "A revert on prod: the old image is back, and nothing was built"
git revert --no-edit -m 1 HEAD >/dev/null
push prod prod
expect "prod runs the first image again" test "$(image_in prod)" = "$first"
expect "Two builds in all" test "$(built)" = 2

title "A broken repository beside the good one: told what to mend, and harms nobody"
git init --quiet --bare "$demo/$repository-broken.git"
git init --quiet "$demo/broken" && cd "$demo/broken"
cat >trigger.yaml <<'YAML'
apiVersion: triggers.gitops/v1
kind: ScheduledTrigger
name: broken
environments:
  dev: { schedule: "0 0 31 2 *", timeZone: Etc/UTC }
YAML
git remote add origin "file://$demo/$repository-broken.git"
quietly gitops-triggers connect "file://$demo/$repository-broken.git"
commit "Ask for the 31st of February"
show git push --quiet origin HEAD:main
# Ends with 1, since something needs a person.
show gitops-triggers status --wait --commit "$(git rev-parse --short=10 HEAD)" -e dev -r "$repository-broken" | tee "$demo/told" || true
is_told() { grep -qE 'trigger\.yaml:5:[0-9]+: error:' "$demo/told" && grep -q 'fix:' "$demo/told"; }
expect "Its finding has file, line, column and fix" is_told
show gitops-triggers run session-timeout -e prod --follow
expect "The good one runs on, with the image it had" test "$(image_in prod)" = "$first"

title "What there is now"
cd "$root"
show gitops-triggers status
echo
show gitops-triggers releases
echo
show gitops-triggers runs
cat <<TXT

The engine      http://127.0.0.1:$port/healthz   its log: $demo/engine.log
Metrics         http://127.0.0.1:$port/metrics
The repository  $work   (push from there)
The commands    export GITOPS_TRIGGERS_CONFIG=$demo/engine.yaml PATH=$demo/bin:\$PATH
TXT
$once && exit 0
echo
echo "Up until Ctrl-C. Then everything above is removed."
wait "$engine_pid"
