#!/usr/bin/env bash
# Times whole-process operations against public rivals that are on this machine, in one run, as ratios.
# Usage: benches/compare.sh [ROWS]   (100000 unless told). Needs a release build: cargo build --release --examples --bins
set -euo pipefail
cd "$(dirname "$0")/.."
rows=${1:-100000}
ours=${CAILIANG:-target/release/cailiang}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
csv=$work/rows.csv
target/release/examples/make_csv "$rows" 1 >"$csv"
agency=云泽市城市管理局

# Wall seconds, user seconds and peak memory in MB of the median of three runs; what comes before a run is not timed.
measure() {
  local before=$1 from until; shift
  for _ in 1 2 3; do
    eval "$before"
    from=${EPOCHREALTIME/./}
    /usr/bin/time -f '%U %M' -o "$work/one" timeout 600 bash -c "$*" >/dev/null 2>"$work/err" || { cat "$work/err" >&2; return 1; }
    until=${EPOCHREALTIME/./}
    echo "$((until - from)) $(tail -1 "$work/one")"
  done | sort -n | sed -n 2p | awk '{ printf "%.3f %s %d\n", $1 / 1e6, $2, $3 / 1024 }'
}
base=
row() { # name of the operation, who, preparation, command
  local wall user memory
  read -r wall user memory <<<"$(measure "$3" "$4")"
  [ "$2" = cailiang ] && base=$wall
  printf '%-34s %-26s %8.3f %8.2f %6d %8.2f\n' "$1" "$2" "$wall" "$user" "$memory" \
    "$(awk -v a="$wall" -v b="$base" 'BEGIN { print a / (b > 0 ? b : 0.001) }')"
}
skip() { printf '%-34s %-26s skipped: %s\n' "$1" "$2" "$3"; }
has() { command -v "$1" >/dev/null; }
py() { python3 -c "import $1" 2>/dev/null; }

printf '%-34s %-26s %8s %8s %6s %8s\n' operation who wall/s user/s MB ratio

fresh="rm -f $work/a.db*; $ours --db $work/a.db init --city 云泽市 --quiet; $ours --db $work/a.db agency add $agency --quiet"
load="load CSV, $rows rows"
row "$load" cailiang "$fresh" "$ours --db $work/a.db import $csv --apply --agency $agency --quiet"
table="CREATE TABLE t (code, title, basis, tier, condition, standard, remarks);"
indexes="CREATE INDEX a ON t (code); CREATE INDEX b ON t (title); CREATE INDEX c ON t (tier, code);"
if has sqlite3; then
  row "$load" "sqlite3 .import" "rm -f $work/s.db" "sqlite3 $work/s.db '$table' '.import --csv --skip 1 $csv t'"
  row "$load" "sqlite3, 3 indexes" "rm -f $work/s.db" "sqlite3 $work/s.db '$table $indexes' '.import --csv --skip 1 $csv t'"
  fts="CREATE VIRTUAL TABLE f USING fts5 (code, title, tokenize = trigram); INSERT INTO f SELECT code, title FROM t;"
  row "$load" "sqlite3, 3 indexes, trigram" "rm -f $work/s.db" \
    "sqlite3 $work/s.db '$table $indexes' '.import --csv --skip 1 $csv t' '$fts'"
else skip "$load" sqlite3 "not installed"; fi
if has duckdb; then row "$load" duckdb "rm -f $work/d.db" "duckdb $work/d.db \"CREATE TABLE t AS FROM read_csv('$csv')\""
else skip "$load" duckdb "not installed"; fi

row "overdue by agency" cailiang : "$ours --db $work/a.db status --of duties --by agency,standing"
if has sqlite3; then
  sqlite3 "$work/o.db" "CREATE TABLE d (id INTEGER PRIMARY KEY, agency, status, due);
    INSERT INTO d SELECT value, value % 29, iif(value % 3, 'open', 'done'), date('2025-01-01', (value % 900) || ' days')
      FROM generate_series(1, $rows);
    CREATE INDEX o ON d (agency, due) WHERE status = 'open';"
  row "overdue by agency" "sqlite3, partial index" : \
    "sqlite3 $work/o.db \"SELECT agency, count(*) FROM d WHERE status = 'open' AND due < '2026-09-20' GROUP BY agency\""
else skip "overdue by agency" sqlite3 "not installed"; fi

for word in 噪声 排放噪声 zsby; do
  row "find $word" cailiang : "$ours --db $work/a.db find $word"
  if ! has sqlite3; then skip "find $word" sqlite3 "not installed"
  elif [ "$word" = 排放噪声 ]; then
    row "find $word" "sqlite3, trigram" : "sqlite3 $work/s.db \"SELECT code, title FROM f WHERE f MATCH '$word' LIMIT 50\""
  elif [ "$word" = 噪声 ]; then
    row "find $word" "sqlite3, LIKE" : "sqlite3 $work/s.db \"SELECT code, title FROM t WHERE title LIKE '%$word%' LIMIT 50\""
  else skip "find $word" sqlite3 "knows no initials"; fi
done

row "CSV out" cailiang : "$ours --db $work/a.db export $work/out.csv --force --quiet"
if has sqlite3; then row "CSV out" sqlite3 : "sqlite3 -csv $work/s.db 'SELECT * FROM t' >$work/s.csv"
else skip "CSV out" sqlite3 "not installed"; fi
if has python3; then
  row "CSV out" "python3 csv, copied" : "python3 -c \"
import csv
csv.writer(open('$work/p.csv', 'w')).writerows(csv.reader(open('$work/out.csv')))\""
else skip "CSV out" python3 "not installed"; fi

row "XLSX out" cailiang : "$ours --db $work/a.db export $work/out.xlsx --force --quiet"
if has python3 && py openpyxl; then
  row "XLSX out" "openpyxl, write only" : "python3 -c \"
import csv, openpyxl
book = openpyxl.Workbook(write_only=True); sheet = book.create_sheet()
for line in csv.reader(open('$csv')): sheet.append(line)
book.save('$work/o.xlsx')\""
else skip "XLSX out" openpyxl "not installed"; fi
if has python3 && py xlsxwriter; then
  row "XLSX out" "xlsxwriter, constant memory" : "python3 -c \"
import csv, xlsxwriter
book = xlsxwriter.Workbook('$work/x.xlsx', {'constant_memory': True}); sheet = book.add_worksheet()
for at, line in enumerate(csv.reader(open('$csv'))): sheet.write_row(at, 0, line)
book.close()\""
else skip "XLSX out" xlsxwriter "not installed"; fi

row "first 60 items" cailiang : "$ours --db $work/a.db list --limit 60"
for rival in csvlens vd; do
  skip "first screen" "$rival" "$(has "$rival" && echo "needs a terminal: time it by hand" || echo "not installed")"
done
