#!/usr/bin/env bash
# Prints a CycloneDX 1.6 SBOM (JSON) of what NewsWatch ships, from the lock files of src/: every locked package with its version, its NuGet content
# hash and what it depends on. The .NET runtime and the container's base image are not packages; their SBOMs come with them.
# Valid against the strict schema: JsonStrictValidator of the npm package @cyclonedx/cyclonedx-library (with ajv, ajv-formats, ajv-formats-draft2019) says so.
# Needs bash and awk alone. usage: bash deploy/sbom.sh > newswatch.cdx.json
set -euo pipefail
cd "$(dirname "$0")/.."

version=$(sed -n 's:.*<Version>\(.*\)</Version>.*:\1:p' Directory.Build.props)
locks=(src/*/packages.lock.json)

# Lock files are written by the SDK, one key a line, so that a line tells where it is by its indentation.
awk -v version="$version" '
  function value(line) { sub(/^[^:]*: "/, "", line); sub(/",?[ \t\r]*$/, "", line); return line }
  function key(line) { sub(/^ *"/, "", line); sub(/".*$/, "", line); return line }
  /^      "[^"]+": \{/ { name = key($0); inside = 0; next }
  /^        "type": "Project"/ { name = ""; next }
  name != "" && /^        "resolved": / { found = value($0); if (!((name, found) in seen)) { seen[name, found] = 1; order[++count] = name SUBSEP found } at[name] = found; next }
  name != "" && /^        "contentHash": / { hash[name, at[name]] = value($0); next }
  name != "" && /^        "dependencies": \{/ { inside = 1; next }
  inside && /^        \}/ { inside = 0; next }
  inside && /^          "/ { if (!((name, at[name], key($0)) in listed)) { listed[name, at[name], key($0)] = 1; needs[name, at[name]] = needs[name, at[name]] key($0) "\n" } next }
  function purl(name, version) { return "pkg:nuget/" name "@" version }
  END {
    # Sorted, so that the same locks always print the same.
    for (i = 2; i <= count; i++) { item = order[i]; for (j = i - 1; j > 0 && order[j] > item; j--) order[j + 1] = order[j]; order[j + 1] = item }
    printf "{\n  \"bomFormat\": \"CycloneDX\",\n  \"specVersion\": \"1.6\",\n  \"version\": 1,\n"
    printf "  \"metadata\": { \"component\": { \"type\": \"application\", \"bom-ref\": \"newswatch\", \"name\": \"newswatch\", \"version\": \"%s\" } },\n  \"components\": [", version
    for (i = 1; i <= count; i++) {
      split(order[i], part, SUBSEP)
      printf "%s\n    { \"type\": \"library\", \"bom-ref\": \"%s\", \"name\": \"%s\", \"version\": \"%s\", \"purl\": \"%s\",\n      \"properties\": [ { \"name\": \"nuget:contentHash\", \"value\": \"%s\" } ] }", \
        (i > 1 ? "," : ""), purl(part[1], part[2]), part[1], part[2], purl(part[1], part[2]), hash[order[i]]
    }
    printf "\n  ],\n  \"dependencies\": ["
    for (i = 1; i <= count; i++) {
      split(order[i], part, SUBSEP)
      printf "%s\n    { \"ref\": \"%s\", \"dependsOn\": [", (i > 1 ? "," : ""), purl(part[1], part[2])
      n = split(needs[order[i]], names, "\n"); first = 1
      for (k = 1; k < n; k++) if (names[k] in at) { printf "%s\"%s\"", (first ? "" : ", "), purl(names[k], at[names[k]]); first = 0 }
      printf "] }"
    }
    printf "\n  ]\n}\n"
  }
' "${locks[@]}"
