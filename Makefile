# Everything here works on a fresh Debian 12 with Swift 6.3: `make deps` installs the two C libraries and the tests' judges.
EVENTS ?= 100000
# Of the rigs under Tests/Rigs: which (all when empty), and how long `make soak` goes on with each, `make fuzz` at each door.
RIGS ?=
MINUTES ?= 60
SOURCES := $(wildcard Package.swift Sources Projections Tests Benchmarks docs/Examples)

.PHONY: help deps build test soak rigs fuzz fuzzers sanitizers sanitized demo bench lint format docs clean

help:  ## Lists these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

deps:  ## Installs liblmdb-dev, libxxhash-dev and the programs that judge our figures, if missing
	@bash .ci/deps

build: deps  ## Builds the command, optimised: .build/release/diario
	swift build -c release --product diario

test: deps  ## Builds and runs every test, the examples, and the rigs that break things
	swift build --build-tests
	@bash docs/Examples/check.sh
	swift test --skip-build
	@$(MAKE) --no-print-directory rigs fuzzers sanitized
	@python3 Tests/Rigs/run.py short

soak: deps rigs fuzzers sanitized  ## The rigs' long forms, MINUTES=60 of each, from where they stopped; RIGS="crash-states" for some
	@python3 Tests/Rigs/run.py long $(RIGS) --seconds $$(($(MINUTES) * 60)) --keep

# What the rigs break is what users build: optimised, and many times as fast as the tests' build.
rigs: build
	swift build -c release --product rig-damage
	swift build -c release --product rig-history
	swift build -c release --product rig-simulation

fuzz: deps fuzzers  ## Searches for bytes that break a decoder, MINUTES=60 at each door; goes on where it stopped last time
	@python3 Tests/Rigs/run.py long fuzzing --seconds $$(($(MINUTES) * 60)) --keep

fuzzers:  ## Builds the fuzzers of Tests/Fuzz
	DIARIO_FUZZ=1 swift build -c release --product diario-fuzz --scratch-path .build-fuzz

sanitizers: deps sanitized  ## The unit tests under the Thread Sanitizer and the Address Sanitizer
	@python3 Tests/Rigs/run.py short sanitizers

sanitized:  ## Builds the unit tests for both sanitizers
	DIARIO_SANITIZE=1 swift build --build-tests --sanitize=thread --scratch-path .build-tsan
	DIARIO_SANITIZE=1 swift build --build-tests --sanitize=address --scratch-path .build-asan

demo: build  ## A small company's quarter at three points in time, then EVENTS=100000 made-up events
	swift build -c release --product diario-generate
	@EVENTS=$(EVENTS) bash Fixtures/demo.sh

bench: deps  ## Measures, beside what other programs need
	swift build -c release --product diario-bench
	@bash Benchmarks/run.sh

lint:  ## Checks the style of every Swift file
	@swift format lint --strict -r $(SOURCES)

format:  ## Puts every Swift file in that style
	@swift format -i -r $(SOURCES)

docs: deps  ## Builds the documentation of the public API; a warning is an error
	@bash docs/build.sh

clean:  ## Removes what was built
	rm -rf .build .build-* docs/Examples/*/.build
