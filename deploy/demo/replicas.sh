#!/usr/bin/env bash
# Three replicas of NewsWatch on one PostgreSQL, on this machine, with the demo's news and no network: to look at the desk, kill one and see the others go on.
#   bash deploy/demo/replicas.sh              # until Ctrl+C; it says where the desks are and how to kill one
#   bash deploy/demo/replicas.sh --show       # kills one by itself, prints what the others say, and ends
# It starts a PostgreSQL of its own in a temporary folder (Debian: apt-get install postgresql), or takes the empty database that NEWSWATCH_DATABASE names
# (an Npgsql connection string). NEWSWATCH_PORTS is the first of six ports (default 8071), PostgreSQL's own one is behind them.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
ports=${NEWSWATCH_PORTS:-8071}
program=${NEWSWATCH_DLL:-$root/src/NewsWatch/bin/Release/net10.0/newswatch.dll}
folder=$(mktemp -d "${TMPDIR:-/tmp}/newswatch-replicas-XXXXXX")
chmod 755 "$folder"
declare -A replica=()
server=

finish() {
  trap - EXIT INT TERM
  for name in "${!replica[@]}"; do kill -TERM "${replica[$name]}" 2>/dev/null || true; done
  for name in "${!replica[@]}"; do wait "${replica[$name]}" 2>/dev/null || true; done
  if [ -n "$server" ]; then kill -INT "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; fi
  rm -rf "$folder"
}
trap finish EXIT
trap 'exit 130' INT TERM

fail() { echo "$1" >&2; exit 1; }

# PostgreSQL refuses to run as root: as root it runs as the user postgres.
as_postgres() { if [ "$(id -u)" -eq 0 ]; then exec setpriv --reuid=postgres --regid=postgres --init-groups "$@"; else exec "$@"; fi; }

start_postgres() {
  local programs port=$((ports + 6))
  programs=$(dirname "$(ls /usr/lib/postgresql/*/bin/initdb 2>/dev/null | sort -V | tail -1 || command -v initdb || true)")
  [ -x "$programs/initdb" ] || fail "PostgreSQL is not installed (Debian: apt-get install postgresql), and NEWSWATCH_DATABASE names no database."
  mkdir -m 777 "$folder/postgres"
  (cd / && as_postgres "$programs/initdb" -D "$folder/postgres/cluster" -A trust -U postgres -E UTF8 --no-locale) >"$folder/initdb.log" || fail "PostgreSQL could not be set up: $(tail -3 "$folder/initdb.log")"
  (cd / && as_postgres "$programs/postgres" -D "$folder/postgres/cluster" -p "$port" -h 127.0.0.1 -c unix_socket_directories=) >"$folder/postgres.log" 2>&1 &
  server=$!
  for _ in $(seq 100); do
    "$programs/pg_isready" -q -h 127.0.0.1 -p "$port" && break
    kill -0 "$server" 2>/dev/null || fail "PostgreSQL ended: $(tail -3 "$folder/postgres.log")"
    sleep 0.1
  done
  "$programs/createdb" -h 127.0.0.1 -p "$port" -U postgres newswatch
  export NEWSWATCH_DATABASE="Host=127.0.0.1;Port=$port;Username=postgres;Database=newswatch"
}

newswatch() { (cd "$folder" && dotnet "$program" --config "$root/deploy/demo/appsettings.json" "$@"); }

start() {
  local number=$1
  (cd "$folder" && Storage__Replica="trial-$number" Logging__LogLevel__Default=Information \
    Kestrel__Endpoints__Public__Url="http://127.0.0.1:$((ports + number - 1))" Kestrel__Endpoints__Operator__Url="http://127.0.0.1:$((ports + number + 2))" \
    exec dotnet "$program" run --config "$root/deploy/demo/appsettings.json") >"$folder/trial-$number.log" 2>&1 &
  replica[trial-$number]=$!
}

# Waits until `status` shows so many replicas, and all 1,024 shards are somebody's.
until_shared() {
  local count=$1 status
  for _ in $(seq 90); do
    status=$(newswatch status --json 2>/dev/null || true)
    if python3 -c 'import json, sys
rows = json.loads(sys.argv[1])["replicas"]
sys.exit(not (len(rows) == int(sys.argv[2]) and sum(row["row"]["shards"] for row in rows) == 1024 and any(row["row"]["leads"] for row in rows)))' "$status" "$count" 2>/dev/null; then
      return
    fi
    sleep 1
  done
  fail "They did not share the work within 90 s: $(tail -5 "$folder"/trial-*.log)"
}

command -v dotnet >/dev/null || fail "The .NET 10 SDK is missing."
command -v python3 >/dev/null || fail "Python 3 is missing: it reads what status says."
if [ ! -e "$program" ]; then
  echo "Building NewsWatch ..."
  dotnet build "$root/src/NewsWatch" -c Release --nologo -v quiet >"$folder/build.log" 2>&1 || fail "$(tail -5 "$folder/build.log")"
fi
[ -n "${NEWSWATCH_DATABASE:-}" ] || start_postgres
export Storage__Connection=env:NEWSWATCH_DATABASE

for number in 1 2 3; do start "$number"; done
until_shared 3
newswatch status
echo
for number in 1 2 3; do echo "trial-$number: process ${replica[trial-$number]}, desk http://127.0.0.1:$((ports + number + 2))/desk/replicas, log $folder/trial-$number.log"; done
echo "Mails: $folder/data/mail"

if [ "${1:-}" = "--show" ]; then
  printf '\nkill -9 trial-2\n\n'
  kill -9 "${replica[trial-2]}"
  wait "${replica[trial-2]}" 2>/dev/null || true
  unset 'replica[trial-2]'
  begun=$SECONDS
  until_shared 2
  newswatch status
  printf '\nThe two others had everything %s s after it was killed.\n' $((SECONDS - begun))
else
  printf '\nkill -9 %s    # and look at a desk: its work is taken over within 20 s. Ctrl+C ends all of them.\n' "${replica[trial-2]}"
  wait
fi
