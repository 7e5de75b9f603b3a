# make on its own prints what there is to make.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

# Development programs, pinned by tools/go.mod so that the product's go.mod knows nothing of them.
TOOL := go tool -modfile=$(CURDIR)/tools/go.mod
# All but the CDK app and what belongs to it, which take minutes to compile with the race detector.
GO_PACKAGES := . ./functions/... ./infra/local/... ./infra/workflows/... ./media-node/... ./shared/...
CDK_PACKAGES := ./infra ./infra/stacks/... ./infra/cost ./infra/operate ./functions/internal/boottest
# What is deployed is tested from outside, as a process: there is nothing for the race detector in it.
BOOTSTRAPS := guichet/functions/internal/boottest
CDK := npx --yes aws-cdk@2.1148.1
NPM := npm --prefix dashboard
# The centre's file. Empty: guichet.yaml, and where there is none only synth goes on, with the defaults.
CENTRE ?=
OPERATE = go run ./infra/operate $(if $(CENTRE),-centre $(CENTRE))
IN_CENTRE = $(if $(CENTRE),-c centre=$(CENTRE))
# Without vet: lint runs it.
TESTSUM := $(TOOL) gotestsum --format pkgname-and-test-fails -- -timeout 15m -vet=off
# One way to compile for lint, tests and programs, as the bootstraps are compiled: each package once. The race detector needs C.
export CGO_ENABLED ?= 0
# Tests wait for databases and clocks: one more than there are processors.
GO_JOBS = $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1)
# Random histories let one goroutine go on at a time: the race detector has nothing to find in them, and slows them down most.
HISTORY_TESTS := TestHistories|TestRepeatsHaveNoEffect|TestCountersEqualTheRecount
HISTORY_PACKAGES = $(addprefix ./,$(sort $(dir $(shell grep -rlE 'func ($(HISTORY_TESTS))' --include='*_test.go' functions infra media-node shared))))
FUZZTIME ?= 60s
HISTORIES ?= 2500

modules := dashboard/node_modules/.package-lock.json
dist := dashboard/dist/index.html
sources := $(shell find dashboard/src dashboard/widget dashboard/meet dashboard/public dashboard/index.html dashboard/*.json dashboard/vite.config.ts -type f 2>/dev/null)
lambdas := $(patsubst functions/%/lambda/main.go,build/lambda/%/bootstrap,$(wildcard functions/*/lambda/main.go))

.PHONY: help
help: ## Print this
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | awk -F '\t' '{printf "  make %-15s %s\n", $$1, $$2}'

.PHONY: run
run: $(dist) ## Run the whole centre on this machine; ARGS="-demo" shows a busy one, ARGS="-help" prints what can be set
	@go build -o build/guichet ./infra/local
	@exec build/guichet $(ARGS)

.PHONY: load
load: ## Live a believable day against the running centre, at speed; ARGS="-help" prints what can be set
	@go build -o build/guichet ./infra/local
	@exec build/guichet load $(ARGS)

.PHONY: build
build: $(dist) $(lambdas) ## Build the dashboard and the Lambda functions

# The histories wait for their database, and the CDK app and the unit tests run on few threads: they go well together.
.PHONY: test
test: test-go ## Run every test
	$(MAKE) -j2 -O test-histories test-cdk test-unit
	$(MAKE) test-browser test-e2e

.PHONY: test-go
test-go: ## Run the Go tests, with the race detector
	CGO_ENABLED=1 $(TESTSUM) -p $(GO_JOBS) -race -skip '^($(HISTORY_TESTS))$$' $(filter-out $(BOOTSTRAPS),$(shell go list $(GO_PACKAGES)))

.PHONY: test-histories
test-histories: ## Run the random histories
	$(TESTSUM) -run '^($(HISTORY_TESTS))$$' $(HISTORY_PACKAGES)

.PHONY: test-cdk
test-cdk: ## Run the tests of what is deployed: templates, bootstraps, the operator's commands, what it costs
	$(TESTSUM) $(CDK_PACKAGES)

.PHONY: test-unit
test-unit: $(modules) ## Run the dashboard's unit tests
	$(NPM) run test

.PHONY: test-browser
test-browser: $(modules) ## Run the dashboard's tests in a browser, against a fake centre
	chromium=$$(tools/chromium.sh) && CHROMIUM=$$chromium $(NPM) run test:browser

.PHONY: test-e2e
test-e2e: $(modules) ## Run the end-to-end tests: browsers against the whole centre
	chromium=$$(tools/chromium.sh) && CHROMIUM=$$chromium $(NPM) run e2e

.PHONY: lint
lint: ## Check the style of everything, and the dashboard's types
	$(MAKE) -j2 -O lint-go lint-dashboard

.PHONY: lint-go
lint-go: ## Check the style of the Go code
	$(TOOL) golangci-lint run

.PHONY: lint-dashboard
lint-dashboard: $(modules) ## Check the style of the dashboard, and its types
	$(NPM) run lint

.PHONY: synth
synth: build ## Write the CloudFormation templates into cdk.out; needs neither credentials nor Docker
	$(CDK) synth --quiet $(IN_CENTRE)

.PHONY: check
check: ## Say what is wrong with the centre's file, guichet.yaml; CENTRE=file for another, here and below
	$(OPERATE) check

.PHONY: plan
plan: check build ## Say what a deployment would change: in AWS, in the centre and in who may sign in
	$(CDK) diff $(IN_CENTRE)
	$(OPERATE) plan

.PHONY: deploy
deploy: plan ## Deploy what plan says, after asking; YES=1 does not ask
	@[ -n "$(YES)" ] || { printf '\nDeploy this? [y/N] ' && read -r answer && [ "$$answer" = y ]; }
	$(CDK) deploy --all --require-approval never $(IN_CENTRE)
	$(OPERATE) apply -yes

.PHONY: bench
bench: $(modules) ## Print the figures of the quality bars; ANCHORS=folder compares them with the reference programs
	tools/bench.sh

.PHONY: fuzz
fuzz: ## The long run: 4 × HISTORIES random histories (2500), then every parser of outside input for FUZZTIME (60s)
	RAPID_CHECKS=$(HISTORIES) go test -timeout 12h -run 'Histories|Repeats' ./shared/dispatch
	RAPID_CHECKS=$(HISTORIES) go test -timeout 12h -run Recount ./functions/cards
	tools/fuzz.sh $(FUZZTIME) $(GO_PACKAGES)

.PHONY: clean
clean: ## Remove what was built; the local centre's data in .guichet stays
	rm -rf build cdk.out dashboard/dist dashboard/node_modules

# Not npm ci: it refuses a lock file that lacks the optional builds for other platforms than the one it was made on.
$(modules): dashboard/package.json dashboard/package-lock.json
	$(NPM) install --no-save --no-audit --no-fund
	@touch $@

$(dist): $(modules) $(sources)
	$(NPM) run build
	@touch $@

# The go command knows best whether anything has changed.
.PHONY: $(lambdas)
$(lambdas): build/lambda/%/bootstrap:
	CGO_ENABLED=0 GOOS=linux GOARCH=arm64 go build -buildvcs=false -trimpath -tags lambda.norpc -ldflags '-s -w' -o $@ ./functions/$*/lambda
