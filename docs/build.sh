#!/usr/bin/env bash
# Builds the documentation of the public API with DocC into .build/docs, one archive for each module of the product Diario, and one of
# all. A warning is an error. To read it: `docc preview`, or any web server over .build/docs/Diario.doccarchive.
set -euo pipefail
cd "$(dirname "$0")/.."
docc=$(command -v docc || true)
if [ -z "$docc" ]; then
  echo "docc is not in this Swift toolchain; the documentation was not built" >&2
  exit 0
fi
swift package dump-symbol-graph --minimum-access-level public --skip-synthesized-members >/dev/null
graphs=$(dirname "$(swift build --show-bin-path)")/symbolgraph
rm -rf .build/docs
mkdir -p .build/docs
archives=()
for catalog in docs/DocC/*.docc; do
  module=$(basename "$catalog" .docc)
  mkdir .build/docs/graphs
  cp "$graphs/$module.symbols.json" "$graphs/$module"@*.symbols.json .build/docs/graphs 2>/dev/null || true
  "$docc" convert "$catalog" --additional-symbol-graph-dir .build/docs/graphs --warnings-as-errors \
    --fallback-display-name "$module" --fallback-bundle-identifier "diario.$module" \
    --output-path ".build/docs/$module.doccarchive"
  rm -r .build/docs/graphs
  archives+=(".build/docs/$module.doccarchive")
done
"$docc" merge "${archives[@]}" --synthesized-landing-page-name Diario --synthesized-landing-page-kind Package \
  --output-path .build/docs/Diario.doccarchive
echo "documentation: .build/docs/Diario.doccarchive, ${#archives[@]} modules, no warning"
