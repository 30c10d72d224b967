#!/bin/bash
# Every alarm, ending, list, outbreak, questionnaire and question has a transcript: covered.py and covered.tsv.
exec python3 "${top_srcdir:?}/tests/play/covered.py" "$top_srcdir"
