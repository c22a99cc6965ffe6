#!/usr/bin/env bash
# Builds each example as a package of its own and compares what it prints with its expected.txt. The examples share the
# build folder of the tests, so that nothing is compiled twice.
set -euo pipefail
cd "$(dirname "$0")/../.."
books=$(mktemp -d)
trap 'rm -rf "$books"' EXIT
for example in docs/Examples/*/Package.swift; do
  folder=$(dirname "$example")
  name=$(basename "$folder")
  swift build --package-path "$folder" --scratch-path .build
  "$(swift build --package-path "$folder" --scratch-path .build --show-bin-path)/$name" "$books/$name" \
    | diff -u "$folder/expected.txt" -
  echo "example $name: as expected"
done
