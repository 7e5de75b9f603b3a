#!/bin/sh
# Prints where Chromium is. Where there is none, it is installed from the system's packages: the browsers that test
# tools download by themselves are not to be had everywhere.
set -eu

find_chromium() {
	command -v "${CHROMIUM:-chromium}" || command -v chromium-browser || command -v google-chrome
}

if ! find_chromium; then
	as_root=
	[ "$(id -u)" = 0 ] || as_root=sudo
	if ! command -v apt-get >/dev/null || { [ -n "$as_root" ] && ! command -v sudo >/dev/null; }; then
		echo "The browser tests need Chromium or Google Chrome: install one, or set CHROMIUM to its path." >&2
		exit 1
	fi
	{ $as_root apt-get update && $as_root apt-get install --yes --no-install-recommends chromium; } >&2
	find_chromium
fi
