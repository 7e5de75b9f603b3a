#!/usr/bin/env bash
# run.sh: the media node's figures with their bars, measured in pairs against the anchor `floor` (an event loop that does
# nothing but move frames). ANCHORS names the folder with run.sh, floor and load. One server core, one load core.
#   ROUNDS (3)  pairs measured of each row; the median is printed       CALLS (100)  calls for the comparison
#   MANY (400)  calls for the capacity row                  SECONDS_EACH (10)
set -euo pipefail
: "${ANCHORS:?set ANCHORS to the folder of the media anchors}"
here=$(cd "$(dirname "$0")" && pwd)
rounds=${ROUNDS:-3} calls=${CALLS:-100} many=${MANY:-400} seconds=${SECONDS_EACH:-10}
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
export OUT="$out"
(cd "$here" && go build -o "$out/node" .)

# measure LABEL SERVER CALLS: one line of the load generator.
measure() { "$ANCHORS/run.sh" "$2" "$3" -label "$1" -warm 4s -dur "${seconds}s" -runs 1 | tee -a "$out/log" >&2; }
for _ in $(seq "$rounds"); do
  measure floor floor "$calls"
  measure node "$out/node" "$calls"
done
for _ in $(seq "$rounds"); do
  measure manyfloor floor "$many"
  measure many "$out/node" "$many"
done

awk -v calls="$calls" -v many="$many" '
function field(name,  i, v) { for (i = 1; i <= NF; i++) if (index($i, name "=") == 1) { v = $i; sub(name "=", "", v); return v + 0 } }
# p99 of the worse direction, in microseconds: "in recv 100.0% p50/p99/p99.9 a/b/c us | out recv 100.0% a/b/c us"
function p99(  i, n, q, worst) { for (i = 1; i <= NF; i++) if ($i ~ /^-?[0-9]+\/-?[0-9]+\/-?[0-9]+$/) { split($i, q, "/"); if (q[2] > worst) worst = q[2] } return worst }
function arrived(  i, least) { least = 100; for (i = 2; i <= NF; i++) if ($(i-1) == "recv") { if ($i + 0 < least) least = $i + 0 } return least }
function median(a, n,  i, j, t) { for (i = 1; i <= n; i++) for (j = i + 1; j <= n; j++) if (a[j] < a[i]) { t = a[i]; a[i] = a[j]; a[j] = t } return n % 2 ? a[(n + 1) / 2] : (a[n / 2] + a[n / 2 + 1]) / 2 }
$1 == "floor" { if (arrived() < 99) busy = 1; f++; fcpu[f] = field("usPerCall20ms"); fp[f] = p99() }
$1 == "node"  { n++; ncpu[n] = field("usPerCall20ms"); np[n] = p99(); kb[n] = field("rssPerCall"); gor[n] = field("gorPerCall"); alloc[n] = field("allocsPerFramePair"); cr[n] = ncpu[n] / fcpu[n]; pr[n] = np[n] / fp[n] }
$1 == "manyfloor" { m++; mf[m] = p99() }
$1 == "many"  { mp[m] = p99(); mr[m] = arrived() }
function row(what, figure, bar, ok) { printf "| %s | %s | %s | %s |\n", what, figure, bar, ok ? "yes" : "NO" }
END {
  if (busy) print "The machine was too busy to compare: floor itself lost more than one frame in a hundred.\n"
  print "| media node | figure | bar | met |"
  print "| --- | --- | --- | --- |"
  r = median(cr, n); row("server CPU per call, " calls " calls, against floor", sprintf("%.2f× (%.1f against %.1f µs a frame pair)", r, median(ncpu, n), median(fcpu, n)), "≤ 1.5×", r <= 1.5)
  r = median(pr, n); row("one-way p99 added, against floor", sprintf("%.2f× (%.2f against %.2f ms)", r, median(np, n) / 1000, median(fp, n) / 1000), "≤ 1.5×", r <= 1.5)
  own = median(mp, m); of = median(mf, m); all = median(mr, m)
  row(many " calls on one core", sprintf("p99 %.2f ms, floor %.2f ms, %.1f %% arrived", own / 1000, of / 1000, all), "p99 < 10 ms, or ≤ 1.5× floor where floor itself is slower; all arrived", (own < 10000 || (of >= 10000 && own <= 1.5 * of)) && all >= 99.9)
  r = median(kb, n); row("memory per call", sprintf("%.0f KB", r), "≤ 150 KB", r <= 150)
  r = median(gor, n); row("goroutines per call", sprintf("%.1f", r), "≤ 4", r <= 4)
  r = median(alloc, n); row("allocations per frame pair", sprintf("%.1f", r), "≤ 2", r <= 2)
}' "$out/log"

# The hour with drifting clocks is counted, not timed: its test prints what it saw and holds the bar.
(cd "$here/.." && go test -count=1 -v -run 'TestHourWithDriftingClocks/agent_\+200_ppm_provider_\+0' ./internal/pacer) |
  sed -n 's/.*worst \([0-9.]*ms\), mean of minute 1 \([0-9.]*ms\) and 60 \([0-9.]*ms\).*/| delay over an hour, clock 200 ppm off, 1 % loss, 30 ms jitter | at most \1; mean \2 at first, \3 at last | no growth, ≤ 60 ms | yes |/p'
