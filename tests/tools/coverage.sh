#!/bin/bash
# Line and branch coverage by floor: builds with gcov, runs the whole check, and prints a table. Needs gcovr.
set -u
top=${top_srcdir:?}
command -v gcovr >/dev/null || { echo "gcovr is missing: apt-get install gcovr"; exit 1; }
mkdir -p "$top/build/coverage" && cd "$top/build/coverage" || exit 1
[ -f config.status ] || ../../configure CFLAGS="-g -O0 --coverage" LDFLAGS=--coverage >/dev/null || exit 1
make -j"$(nproc)" all check TESTS= >build.log 2>&1 || { tail -5 build.log; exit 1; }
find . -name '*.gcda' -delete
make -k check >check.log 2>&1 || echo "some tests fail with coverage: see build/coverage/check.log"
echo "| floor | lines | branches |"
echo "|---|---|---|"
for floor in parsers flows store gateway tools web; do
	gcovr --root "$top" --filter "$top/$floor/" --object-directory . --exclude-throw-branches --json-summary-pretty 2>/dev/null |
		python3 -c "
import json, sys
total = json.load(sys.stdin)
print('| $floor | %.1f %% | %.1f %% |' % (total['line_percent'], total['branch_percent']))"
done
