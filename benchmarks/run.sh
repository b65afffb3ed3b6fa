#!/usr/bin/env bash
# Publishes the engine as operators do, and measures it: see README.md beside this file.
#
#   benchmarks/run.sh                everything
#   benchmarks/run.sh push           a part: schedules, intake, lint, local, build, push, fleet, jobs
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
# shellcheck source=tests/setup/packages.sh
source tests/setup/packages.sh
# shellcheck source=tests/setup/containers.sh
source tests/setup/containers.sh
mkdir -p artifacts/benchmarks
asked() { (($# == 1)) || [[ " ${*:2} " == *" $1 "* ]]; }
if asked intake "$@"; then
  need wrk=wrk npm=npm
fi
if asked build "$@"; then
  need podman=podman runc=runc busybox-static=busybox
  find_container_settings "$PWD/artifacts/benchmarks"
fi
dotnet publish engine -c Release -o artifacts/benchmarks/engine -v quiet
export BENCHMARK_ENGINE=$PWD/artifacts/benchmarks/engine/gitops-triggers
dotnet run --project benchmarks -c Release -v quiet -- "$@"
