#!/usr/bin/env bash
# Polls a name that a real name server leads to an allowed address and to 127.0.0.1 in turn, in a network namespace of its own.
# Needs root, unshare and ip (util-linux, iproute2). usage: bash tests/rebinding.sh [POLLS]
set -euo pipefail
cd "$(dirname "$0")/.."
[ "$(id -u)" -eq 0 ] || { echo "This needs root: it makes a network namespace."; exit 2; }
command -v unshare >/dev/null && command -v ip >/dev/null || { echo "unshare or ip is missing: install util-linux and iproute2."; exit 2; }

dotnet build tests/NewsWatch.Bench -c Release --nologo -v quiet
resolver=$(mktemp)
trap 'rm -f "$resolver"' EXIT
printf 'nameserver 127.0.0.1\noptions timeout:1 attempts:2\n' >"$resolver"
unshare --net --mount bash -c '
  ip link set lo up
  mount --bind "$1" "$(readlink -f /etc/resolv.conf)"
  exec dotnet tests/NewsWatch.Bench/bin/Release/net10.0/NewsWatch.Bench.dll rebind "$2" --dns
' rebinding "$resolver" "${1:-10000}"
