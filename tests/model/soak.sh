#!/bin/bash
# The model test for longer: 100,000 conversations, or COUNT from SEED: soak.sh [COUNT] [SEED].
exec bash "$(dirname "$0")/model.sh" "${1:-${SOAK_COUNT:-100000}}" "${2:-${SOAK_SEED:-2}}"
