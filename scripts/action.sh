#!/usr/bin/env bash
# The steps of action.yml, in the folder of specwright.toml. GitHub's job summary gets the details.
#   SPECWRIGHT   the program, with arguments if need be
#   CHECK        its command that finds stale output; empty for none
#   SINCE        the revision to compare the documents with; empty for none
#   FAIL_ON      the level of a finding that fails
#   DIRECTORY    the folder, from the root of the repository
set -euo pipefail
read -ra specwright <<< "${SPECWRIGHT:-specwright}"
read -ra check <<< "${CHECK-generate --check}"
summary=${GITHUB_STEP_SUMMARY:-/dev/null}
folder=${DIRECTORY:-.}
folder=${folder%/}/
folder=${folder#./}
failed=0

# Shows each stale file as an annotation, and the diff in the summary.
fresh() {
  local status=0 diff path
  diff=$("${specwright[@]}" "${check[@]}") || status=$?
  printf '%s\n' "$diff"
  [ "$status" = 0 ] && return
  [ "$status" = 4 ] || exit "$status"
  while IFS= read -r path; do
    echo "::error file=$folder$path::this file is stale: generate it again, and commit the result"
  done < <(sed -n 's/^stale: //p' <<< "$diff")
  # A summary may have 1 MiB. No line of the diff ends a fence of this length.
  local fence='``````````'
  { echo '## Generated code is stale'; echo; echo "${fence}diff"; head -c 500000 <<< "$diff"; echo; echo "$fence"; } >> "$summary"
  failed=1
}

# Shows each finding as an annotation, and the report in the summary.
compared() {
  local status=0 arguments=(drift --since "$SINCE" --fail-on "${FAIL_ON:-error}")
  # GitHub counts paths from the root of the repository.
  "${specwright[@]}" --format github "${arguments[@]}" \
    | sed -E "\\#^::[a-z]+ file=(/|[a-z]+:)#! s#^(::[a-z]+ file=)#\\1$folder#" || status=$?
  "${specwright[@]}" --format markdown "${arguments[@]}" >> "$summary" || true
  case "$status" in
    0) ;;
    5) failed=1 ;;
    *) exit "$status" ;;
  esac
}

[ ${#check[@]} = 0 ] || fresh
[ -z "${SINCE:-}" ] || compared
exit "$failed"
