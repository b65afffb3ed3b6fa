#!/usr/bin/env bash
# Publishes the engine as operators do, and measures it: see README.md beside this file.
#
#   benchmarks/run.sh                everything
#   benchmarks/run.sh push           a part: push, fleet, jobs
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
dotnet publish engine -c Release -o artifacts/benchmarks/engine -v quiet
export BENCHMARK_ENGINE=$PWD/artifacts/benchmarks/engine/gitops-triggers
dotnet run --project benchmarks -c Release -v quiet -- "$@"
