# No script that sources this ends in silence: it says which line it was, or that it was ended. Sourced.
set -E
trap 'echo "${0##*/}: status $? in line $LINENO: $BASH_COMMAND" >&2' ERR
trap 'echo "${0##*/}: ended from outside" >&2; exit 143' TERM HUP
