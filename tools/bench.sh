#!/bin/sh
# Prints the figures of the quality bars, each with its bar. What is compared needs ANCHORS, the folder of the reference
# programs (media/floor, lambda-init/ddb); without it the comparisons are left out.
set -eu
cd "$(dirname "$0")/.."
# Each part runs in a folder of its own.
if [ -n "${ANCHORS:-}" ]; then
	ANCHORS=$(cd "$ANCHORS" && pwd)
	export ANCHORS
fi

title() { printf '\n## %s\n\n' "$1"; }

title "What one call costs (bars: 16 write units, 8 read units, 3 round trips from webhook to ring)"
go test -count=1 -v -run Cost ./shared/dispatch | sed -n '/cost_test.go/,/together/p' | sed 's/ *cost_test.go.*//'

title "What figures cost: of a call, and pushed to a desk that watches"
go test -count=1 -v -run 'Cost|RoundsFrom' ./functions/cards | sed -n 's/^ *cost_test.go[^ ]* //p; s/^ *batches_test.go[^ ]* //p; /^ .*\(message\|read units\)/p'

title "What a report costs a large centre"
go test -count=1 -v -run Cost ./functions/reportapi | sed -n 's/^ *cost_test.go[^ ]* //p; /^ .*read units/p'

title "What a chat costs (bars: a message in, or out with its report: 4 write units, 2 read units)"
go test -count=1 -v -run Cost ./shared/conversation | sed -n '/cost_test.go/,/reopens/p' | sed 's/ *cost_test.go.*//'

title "What a call of five minutes costs at AWS, Twilio aside (bar: \$0.0005; docs/cost.md)"
go test -count=1 -v -run Cheap ./infra/cost | sed -n 's/^ *page_test.go[^ ]* //p'

title "What people feel, through the whole centre on this machine"
go test -run '^$' -bench Call -benchtime 50x ./infra/local/center | grep ^Benchmark

title "Routing on one hot queue with 500 agents"
go test -run '^$' -bench HotQueue ./shared/dispatch | grep ^Benchmark

title "Functions: size deployed, and start (bars: 4 MB, 1.5 times a bare DynamoDB client)"
go test -run '^$' -bench Start -benchtime 25x ./functions/internal/boot | grep ^Benchmark

title "Desk: JavaScript before first paint (bar: 350 KB compressed)"
npm --prefix dashboard run --silent size

title "Desk: scrolling a 5,000-message thread and 200 conversations (bars: no frame over 50 ms; 1.5 drawings a line, 12 layouts a turn of the wheel, 8 times the plainest list)"
CHROMIUM=$(tools/chromium.sh)
export CHROMIUM
FIGURES=1 npm --prefix dashboard run --silent test:browser -- test/browser/scrolling.test.ts | sed -n 's/^desk: //p'

title "Desk: what a page of 50 cards holds after 8 simulated hours of an event a second (bar: no more than after one)"
FIGURES=1 npm --prefix dashboard run --silent test:browser -- test/browser/workday.test.ts | sed -n 's/^desk: //p'

title "Webchat widget (bar: 30 KB compressed)"
printf '%8d bytes  webchat/widget.js, gzip\n' "$(gzip -9 -c dashboard/dist/webchat/widget.js | wc -c)"

if [ -n "${ANCHORS:-}" ]; then
	title "Media node, in turn with the cheapest bridge there can be"
	ANCHORS=$ANCHORS/media media-node/bench/run.sh
else
	title "Media node (set ANCHORS to compare it)"
	go test -run '^$' -bench . -benchmem ./media-node/... | grep ^Benchmark
fi
