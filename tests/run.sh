#!/usr/bin/env bash
# All checks, as CI runs them: restores exactly the locked packages, builds with warnings as errors, checks the format, runs every test.
# Ends with one line: N passed, N failed (, N skipped).
set -uo pipefail
cd "$(dirname "$0")/.."

command -v dotnet >/dev/null || { echo "The .NET 10 SDK is missing: install it, then run this again."; exit 1; }
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

step() { printf '\n== %s\n' "$1"; }

step "restore (locked)"
dotnet restore --locked-mode || exit 1

step "known vulnerabilities"
# The list comes from the package source: without it nothing is known, which is said and does not break the run.
if vulnerable=$(dotnet list package --vulnerable --include-transitive --no-restore 2>&1) && grep -q 'given the current sources' <<<"$vulnerable" && ! grep -qE 'NU1900|NU1301' <<<"$vulnerable"; then
  grep -E '^ +> ' <<<"$vulnerable" && { echo "Packages with known vulnerabilities: update them in Directory.Packages.props."; exit 1; }
  echo "none"
else
  grep -qE '^ +> ' <<<"$vulnerable" && { grep -E '^ +> ' <<<"$vulnerable"; echo "Packages with known vulnerabilities: update them in Directory.Packages.props."; exit 1; }
  echo "NOT CHECKED: the source of vulnerabilities could not be reached."
fi

step "build (warnings are errors)"
dotnet build --no-restore --nologo -v quiet || exit 1

step "format"
dotnet format whitespace --no-restore --verify-no-changes || exit 1

step "size of the program in the image"
# Published as the Dockerfile does. Without the package that compiles ahead of time (from the package source) it is not checked, which is said.
published=$(mktemp -d)
if dotnet restore src/NewsWatch --locked-mode -p:PublishReadyToRun=true >"$published/log" 2>&1; then
  dotnet publish src/NewsWatch --no-restore --nologo -v quiet -c Release -r linux-x64 -o "$published/app" -p:RunAnalyzers=false || exit 1 # the build has analyzed the code
  size=$(du -sk "$published/app" | cut -f1)
  echo "$size KiB"
  [ "$size" -le 25600 ] || { echo "More than 25 MiB: PublishReadyToRunExclude of src/NewsWatch/NewsWatch.csproj says what is compiled ahead of time."; exit 1; }
  [ "$(find "$published/app" -name '*e_sqlite3*.so' | wc -l)" -eq 1 ] || { echo "The image needs the SQLite library of its own platform and no other."; exit 1; }
else
  echo "NOT CHECKED: the compiler for publishing could not be restored."
fi
rm -rf "$published"

step "mail servers, PostgreSQL, PgBouncer, promtool, browser"
# Some tests talk to Postfix or OpenSMTPD, some to PostgreSQL, directly and through PgBouncer (both of their own in a temporary folder, on loopback), one reads the metrics with promtool, some look at the desk in Chromium. As root with apt-get (in a container) they are installed from Debian: in no
# other mail server's place, not started as a service, within two minutes each. Else those tests are skipped by name. Debian has one mail server at a
# time: OpenSMTPD is unpacked into a folder of its own.
opensmtpd=$(mktemp -d) && chmod 755 "$opensmtpd"
if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
  policy=/usr/sbin/policy-rc.d
  [ -e "$policy" ] || { printf '#!/bin/sh\nexit 101\n' >"$policy" && chmod +x "$policy" && ours=1; }
  apt() { DEBIAN_FRONTEND=noninteractive timeout "$1" apt-get -qq -o Acquire::Retries=0 -o Acquire::http::Timeout=15 -o DPkg::Lock::Timeout=15 "${@:2}" </dev/null >/dev/null 2>&1; }
  apt 40 update
  [ -x /usr/lib/postfix/sbin/master ] || apt 80 install -y --no-install-recommends --no-remove postfix sasl2-bin libsasl2-modules
  ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || apt 120 install -y --no-install-recommends --no-remove postgresql
  [ -x /usr/sbin/pgbouncer ] || apt 60 install -y --no-install-recommends --no-remove pgbouncer
  command -v promtool >/dev/null || apt 120 install -y --no-install-recommends --no-remove prometheus
  command -v chromium >/dev/null || apt 240 install -y --no-install-recommends --no-remove chromium
  [ -n "${ours:-}" ] && rm -f "$policy"
  (cd "$opensmtpd" && apt 60 download opensmtpd libevent-2.1-7 && for package in *.deb; do dpkg -x "$package" . || exit 1; done)
  export NEWSWATCH_OPENSMTPD="$opensmtpd"
fi
[ -x "$opensmtpd/usr/sbin/smtpd" ] && echo "OpenSMTPD is there" || echo "NOT CHECKED: OpenSMTPD could not be unpacked; its tests are skipped."
[ -x /usr/lib/postfix/sbin/master ] && echo "Postfix is there" || echo "NOT CHECKED: Postfix could not be installed; its tests are skipped."
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 && echo "PostgreSQL is there" || echo "NOT CHECKED: PostgreSQL could not be installed; its tests are skipped."
[ -x /usr/sbin/pgbouncer ] && echo "PgBouncer is there" || echo "NOT CHECKED: PgBouncer could not be installed; its tests are skipped."
command -v chromium >/dev/null && echo "Chromium is there" || echo "NOT CHECKED: Chromium could not be installed; the tests of the desk's pages are skipped."
command -v promtool >/dev/null && echo "promtool is there" || echo "NOT CHECKED: promtool could not be installed; its test is skipped."

step "test"
log=$(mktemp)
trap 'rm -rf "$log" "$opensmtpd"' EXIT
export DOTNET_TieredPGO=0 # the hundreds of processes that tests start live for seconds: they end before a profile of themselves pays
NEWSWATCH_SEEDS="${NEWSWATCH_SEEDS:-200}" dotnet test --no-build --nologo -m:1 2>&1 | tee "$log"
broken=${PIPESTATUS[0]}

# "Passed!  - Failed:     0, Passed:    12, Skipped:     0, Total:    12, ..." once a test project.
sum() { grep -oE "$1: +[0-9]+" "$log" | grep -oE '[0-9]+' | awk '{ n += $1 } END { print n + 0 }'; }
passed=$(sum Passed); failed=$(sum Failed); skipped=$(sum Skipped)
[ "$broken" -ne 0 ] && [ "$failed" -eq 0 ] && failed=1
[ "$passed" -eq 0 ] && { echo "No test ran."; failed=$((failed + 1)); }

printf '\n%d passed, %d failed' "$passed" "$failed"
[ "$skipped" -gt 0 ] && printf ', %d skipped' "$skipped"
printf '\n'
[ "$failed" -eq 0 ]
