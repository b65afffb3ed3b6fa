#!/usr/bin/env bash
# Installs what the tests need, builds, checks the format and runs every test.
# The last line is "N passed, N failed, N skipped"; the exit code is 0 only when nothing failed.
#
#   ./test.sh                        everything
#   ./test.sh -class '*CronSpecs'    what follows is handed to the test runner (-? lists its filters)
#
# Also used when they are set: KANIKO_IMAGE (an image that the container engine has), CRON_VECTORS (more schedules).
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")" || exit 1
artifacts=$PWD/artifacts
tests=tests/GitOps.Triggers.Tests
mkdir -p "$artifacts"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
# Most of the time here goes into compiling, and some of that into memory that is never writable and executable at once, and into measuring code that soon ends.
export DOTNET_EnableWriteXorExecute=0 DOTNET_TieredPGO=0

close() { # passed failed skipped
  echo "$1 passed, $2 failed, $3 skipped"
  (($2 == 0)) || exit 1
  exit 0
}

step() { # name, command...: a step that the tests cannot do without
  local name=$1
  shift
  echo "== $name"
  "$@" || { echo "$name failed" >&2; close 0 1 0; }
}

setup() {
  # shellcheck source=tests/setup/packages.sh
  source tests/setup/packages.sh
  # shellcheck source=tests/setup/containers.sh
  source tests/setup/containers.sh
  need_dotnet
  need git=git podman=podman runc=runc busybox-static=busybox docker-registry=docker-registry openssh-server=sshd npm=npm procps=ps prometheus=promtool sqlite3=sqlite3
  # Where no container can run at all, the tests that need one are skipped, and counted.
  find_container_settings "$artifacts" || echo "Tests that need containers will be skipped." >&2
}

echo "== set-up"
# What cannot be installed ends the shell where it is noticed, and the last line is a count all the same.
trap 'echo "set-up failed" >&2; close 0 1 0' EXIT
setup
trap - EXIT
step "build" dotnet build GitOps.Triggers.sln --nologo -v quiet -clp:NoSummary
# As operators have it; those tests start it that need a real one.
export PUBLISHED_ENGINE=$artifacts/engine/gitops-triggers
step "publish" dotnet publish engine --nologo -c Release -v quiet -o "$artifacts/engine"
# The rest of the style is checked by the build.
step "format" dotnet format whitespace GitOps.Triggers.sln --no-restore --verify-no-changes --exclude engine/Storage/Migrations

echo "== tests"
log=$artifacts/tests.log
"$tests/bin/Debug/net10.0/GitOps.Triggers.Tests" -noColor "$@" 2>&1 | tee "$log"
code=${PIPESTATUS[0]}
summary=$(grep -E 'Total: *[0-9]+, *Errors: *[0-9]+, *Failed: *[0-9]+, *Skipped: *[0-9]+' "$log" | tail -n 1)
number() { sed -nE "s/.*$1: *([0-9]+).*/\1/p" <<<"$summary"; }
total=$(number Total) errors=$(number Errors) failed=$(number Failed) skipped=$(number Skipped)
if [[ -z $total ]]; then
  echo "The test runner ended with exit code $code and no summary." >&2
  close 0 1 0
fi
bad=$((failed + errors))
((code == 0 || bad > 0)) || bad=1
if ((bad > 0)); then
  # Once more, where whoever reads only the end sees them.
  echo "== failed"
  grep -E '\[FAIL\]$' "$log"
fi
close $((total - failed - skipped)) "$bad" "$skipped"
