#!/bin/sh
# Fuzzes each target of the packages for the given time: fuzz.sh 60s ./shared/...
set -eu

time=$1
shift
go list -f '{{.ImportPath}} {{.Dir}}' "$@" | while read -r package dir; do
	grep -hoE '^func Fuzz\w+' "$dir"/*_test.go 2>/dev/null | sed 's/^func //' | while read -r target; do
		echo "$package $target"
		go test -run '^$' -fuzz "^$target\$" -fuzztime "$time" "$package"
	done
done
