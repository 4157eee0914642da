#!/usr/bin/env bash
# The steps of a release. .github/workflows/release.yml runs them, and CI those that publish nothing.
#   prepare VERSION  writes the version wherever it is named, and gives the changelog its section; then review and commit
#   tag TAG          fails unless the tag is the version of the workspace, and everything names that version
#   package          makes the .crate files of the published packages, without building them
#   dry-run          checks all that publishing checks, and publishes nothing
#   publish          publishes the packages, in the order of their dependencies
#   binary TARGET    builds the program, and packs it with its checksum into target/release-assets
#   notes            prints what the changelog says about the version
set -euo pipefail
cd "$(dirname "$0")/.."

version=$(sed -n '/^\[workspace.package\]/,/^\[/s/^version = "\(.*\)"/\1/p' Cargo.toml)

fail() {
  echo "error: $*" >&2
  exit 1
}

# Arguments that name the published packages: those whose manifests do not inherit `publish = false`.
packages() {
  local manifest
  for manifest in */Cargo.toml; do
    case "$manifest" in fuzz/* | generated-client/*) continue ;; esac
    grep -q '^publish' "$manifest" || sed -n 's/^name = "\(.*\)"/--package \1/p' "$manifest" | head -1
  done
}

# The part of a version that Cargo takes for compatible.
series() { sed -E 's/^(0\.[0-9]+|[1-9][0-9]*)\..*/\1/' <<< "$1"; }

# Replaces the version of the workspace in the lines of a file that match.
renumber() { sed -i.old -E "/$3/s/(^|[^0-9.])${version//./\\.}($|[^0-9.])/\\1$2\\2/g" "$1" && rm "$1.old"; }

prepare() {
  local new=$1 guide=docs/guide/projects.md
  [[ $new =~ ^[0-9]+\.[0-9]+\.[0-9]+$ ]] || fail "$new is not a version such as 1.2.3"
  ! grep -q "^## \[$new\]" CHANGELOG.md || fail "CHANGELOG.md has a section [$new]"
  renumber Cargo.toml "$new" "^(version|specwright)"
  renumber "$guide" "$new" "$version"
  sed -i.old "s/version = \"$(series "$version")\"/version = \"$(series "$new")\"/" "$guide"
  sed -i.old "s/^## \[Unreleased\]$/&\n\n## [$new] - ${RELEASE_DATE:-$(date -u +%F)}/" CHANGELOG.md
  rm "$guide.old" CHANGELOG.md.old
  echo "next: \`cargo xtask regen\`, and a commit with the tag v$new"
}

tag() {
  [ "$1" = "v$version" ] || fail "the tag $1 is not v$version, the version of the workspace"
  grep -q "^## \[$version\]" CHANGELOG.md || fail "CHANGELOG.md has no section [$version]: \`bash scripts/release.sh prepare $version\` gives it one"
  ! grep -q '^repository = .*OWNER' Cargo.toml || fail "repository in Cargo.toml has a placeholder: write the owner"
}

binary() {
  local target=$1 name="specwright-$1" out=target/release-assets archive suffix=
  rustup target add "$target"
  cargo build --release --locked --package specwright --target "$target"
  rm -rf "$out"
  mkdir -p "$out/$name"
  case "$target" in *windows*) suffix=.exe ;; esac
  cp README.md LICENSE-MIT LICENSE-APACHE "target/$target/release/specwright$suffix" "$out/$name"
  case "$target" in
    *windows*)
      archive="$name.zip"
      (cd "$out" && 7z a "$archive" "$name" > /dev/null)
      ;;
    *)
      archive="$name.tgz"
      tar -C "$out" -czf "$out/$archive" "$name"
      ;;
  esac
  rm -r "${out:?}/$name"
  (cd "$out" && { sha256sum "$archive" 2> /dev/null || shasum -a 256 "$archive"; } > "$archive.sha256")
}

# shellcheck disable=SC2046 # each word is an argument
case "${1:?a step}" in
  prepare) prepare "${2:?a version}" ;;
  tag) tag "${2:?a tag}" ;;
  package) cargo package $(packages) --no-verify --allow-dirty ;;
  dry-run) cargo publish --workspace --dry-run ;;
  publish) cargo publish --workspace ;;
  binary) binary "${2:?a target}" ;;
  notes) awk -v version="$version" '/^## \[/ { on = index($0, "[" version "]") } on && !/^## \[/' CHANGELOG.md ;;
  *) fail "there is no step $1" ;;
esac
