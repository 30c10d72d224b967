#!/bin/bash
# questions.sh at length: 200,000 questions, with seeds that nobody has seen.
exec bash "$(dirname "$0")/questions.sh" "${1:-200000}" "${2:-${SOAK_SEED:-$(date +%s)}}"
