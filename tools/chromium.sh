#!/bin/sh
# Prints where Chromium is: the one without windows where there is a choice, which does the same work in half the time.
# Where there is none, it is installed from the system's packages: the browsers that test tools download by themselves
# are not to be had everywhere.
set -eu

find_chromium() {
	[ -z "${CHROMIUM:-}" ] || ! command -v "$CHROMIUM" || return 0
	for name in chromium-headless-shell chromium chromium-browser google-chrome; do
		command -v "$name" && return
	done
	return 1
}

install_chromium() {
	$as_root apt-get update
	$as_root apt-get install --yes --no-install-recommends chromium-headless-shell ||
		$as_root apt-get install --yes --no-install-recommends chromium
}

if ! find_chromium; then
	as_root=
	[ "$(id -u)" = 0 ] || as_root=sudo
	if ! command -v apt-get >/dev/null || { [ -n "$as_root" ] && ! command -v sudo >/dev/null; }; then
		echo "The browser tests need Chromium or Google Chrome: install one, or set CHROMIUM to its path." >&2
		exit 1
	fi
	install_chromium >&2
	find_chromium
fi
