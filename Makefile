# lectern. `make run` opens the bundled library, `make check` runs the tests, `make help` lists the rest.

.SUFFIXES:
.DELETE_ON_ERROR:
.DEFAULT_GOAL := all

# What may be set: make VARIABLE=VALUE.
BUILD = build
LIBRARY = articles
PREFIX = /usr/local
DESTDIR =
OPTIMISE = -O2 -g
SANITIZE =
CORPUS = build/corpus
SIZE = 36000
LARGE =
FUZZ_SECONDS = 60
JOBS = $(shell nproc 2>/dev/null || echo 1)
V =

# The Debian packages that building and testing need, and those that only `make bench` and `make lint` need. This is the one
# list; `make PACKAGES= BENCH_PACKAGES= LINT_PACKAGES=` does without it.
PACKAGES = gcc make binutils libc6-dev libncurses-dev libyaml-dev libpcre2-dev libmd4c-dev libstemmer-dev \
	libutf8proc-dev libzstd-dev libsqlite3-dev libcmocka-dev libvterm-dev
BENCH_PACKAGES = libmd4c-html0-dev
LINT_PACKAGES = clang clang-format clang-tidy cppcheck mandoc

WARNINGS = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror
language = -std=c11 -Iinclude -D_POSIX_C_SOURCE=200809L -D_XOPEN_SOURCE=700
compile_flags = $(language) $(OPTIMISE) $(WARNINGS) -pthread -fstack-protector-strong
link_flags = -pthread -Wl,--as-needed -Wl,-z,relro,-z,now
ifneq ($(SANITIZE),)
sanitizers = -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
compile_flags += $(sanitizers)
link_flags += $(sanitizers)
else ifneq ($(filter -O1 -O2 -O3 -Os,$(OPTIMISE)),)
compile_flags += -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2
endif
compile_command = $(CC) $(compile_flags) $(CPPFLAGS) $(CFLAGS)
link_command = $(CC) $(link_flags) $(LDFLAGS)

core_folders = base article layout library state config index search
core_libraries = -lyaml -lmd4c -lstemmer -lutf8proc -lpcre2-8 -lzstd -lsqlite3 -lm
program_libraries = -lncursesw -ltinfo
test_libraries = -lcmocka -lvterm
bench_libraries = -lmd4c-html

core_sources = $(wildcard $(core_folders:%=src/%/*.c))
ui_sources = $(wildcard src/ui/*.c)
term_sources = $(wildcard src/term/*.c src/cmd/*.c)
test_sources = $(wildcard tests/unit/test_*.c)
pty_sources = $(wildcard tests/pty/*.c)
bench_sources = $(wildcard tests/bench/*.c)
bench_mains = $(wildcard tests/bench/programs/*.c)
sources := $(core_sources) $(ui_sources) $(term_sources) src/main.c $(test_sources) $(pty_sources) $(bench_sources) \
	$(bench_mains)

objects = $(1:%.c=$(BUILD)/%.o)
archives = $(BUILD)/liblecternterm.a $(BUILD)/liblecternui.a $(BUILD)/liblectern.a
pty_tests := $(patsubst %.c,$(BUILD)/%,$(filter tests/pty/test_%,$(pty_sources)))
tests := $(test_sources:tests/unit/%.c=$(BUILD)/tests/%) $(pty_tests)
bench_programs := $(bench_mains:tests/bench/programs/%.c=$(BUILD)/bench/%)

# V=1 shows the commands, -s nothing.
quiet = $(if $(V),,@)
say = $(if $(V)$(findstring s,$(firstword -$(MAKEFLAGS))),@:,@echo '  $(1)')

.PHONY: all
all: $(BUILD)/lectern ## build the program as build/lectern

$(BUILD)/lectern: $(BUILD)/src/main.o $(archives)
	$(call say,LINK $@)
	$(quiet)$(link_command) -o $@ $^ $(program_libraries) $(core_libraries)

$(BUILD)/liblectern.a: $(call objects,$(core_sources))
$(BUILD)/liblecternui.a: $(call objects,$(ui_sources))
$(BUILD)/liblecternterm.a: $(call objects,$(term_sources))
$(BUILD)/libbench.a: $(call objects,$(bench_sources))
$(BUILD)/%.a: $(BUILD)/stamp/sources
	$(quiet)rm -f $@ && $(AR) rcs $@ $(filter %.o,$^)

$(BUILD)/%.o: %.c $(BUILD)/stamp/flags | $(BUILD)/stamp/packages
	@mkdir -p $(@D)
	$(call say,CC $<)
	$(quiet)$(compile_command) -MMD -MP -c -o $@ $<

# An index says what has made it, and is made anew by a program in which that has changed.
index_makers := $(wildcard include/lectern/*.h src/base/*.[ch] src/article/*.[ch] src/library/*.[ch] src/index/*.[ch])
$(BUILD)/src/index/container.o: $(index_makers)
$(BUILD)/src/index/container.o: private compile_flags += -DINDEX_MAKERS=$(shell cat $(index_makers) | cksum | cut -d' ' -f1)u

$(BUILD)/tests/%: $(BUILD)/tests/unit/%.o $(archives) $(BUILD)/stamp/flags
	@mkdir -p $(@D)
	$(quiet)$(link_command) -o $@ $(filter %.o %.a,$^) $(test_libraries) $(program_libraries) $(core_libraries)

$(pty_tests): $(BUILD)/%: $(BUILD)/%.o $(BUILD)/tests/pty/pty.o $(archives) $(BUILD)/stamp/flags
	$(quiet)$(link_command) -o $@ $(filter %.o %.a,$^) $(test_libraries) $(program_libraries) $(core_libraries)

$(call objects,$(bench_sources) $(bench_mains)): | $(BUILD)/stamp/bench-packages
$(BUILD)/bench/%: $(BUILD)/tests/bench/programs/%.o $(BUILD)/libbench.a $(BUILD)/liblectern.a $(BUILD)/stamp/flags
	@mkdir -p $(@D)
	$(quiet)$(link_command) -o $@ $(filter %.o %.a,$^) $(program_libraries) $(core_libraries) $(bench_libraries)

# A stamp changes when what it stands for does: other flags compile everything anew, a removed source leaves its archive.
stamp = @mkdir -p $(@D); printf '%s\n' '$(subst ','\'',$(1))' | cmp -s - $@ || printf '%s\n' '$(subst ','\'',$(1))' > $@
.PHONY: always
$(BUILD)/stamp/flags: always
	$(call stamp,$(compile_command) $(link_command))
$(BUILD)/stamp/sources: always
	$(call stamp,$(sources))

# Targets that promise to install what is missing do so; the others only say what is missing.
installing := $(filter run check lint bench library packages,$(MAKECMDGOALS))
$(BUILD)/stamp/packages: Makefile
	@mkdir -p $(@D)
	@.ci/packages $(if $(installing),install,check) $(PACKAGES)
	@touch $@
$(BUILD)/stamp/bench-packages: Makefile
	@mkdir -p $(@D)
	@.ci/packages $(if $(installing),install,check) $(BENCH_PACKAGES)
	@touch $@
$(BUILD)/stamp/lint-packages: Makefile
	@mkdir -p $(@D)
	@.ci/packages install $(LINT_PACKAGES)
	@touch $@

.PHONY: packages
packages: $(BUILD)/stamp/packages ## install the Debian packages that are needed and missing

.PHONY: run
run: all ## open a library: LIBRARY=DIR, or the bundled articles
	@exec $(BUILD)/lectern "$(LIBRARY)"

.PHONY: check tests
tests: $(tests)
check: all $(tests) ## build, then run every test
	@tests/lint/man-tables
	@LECTERN=$(BUILD)/lectern LECTERN_CORPUS="$${LECTERN_CORPUS:-$(CORPUS)}" tests/run $(tests)

.PHONY: pages
pages: $(BUILD)/tests/test_corpus ## what is left of the markup on the pages of CORPUS=DIR, and why
	@LECTERN_CORPUS="$(CORPUS)" $<

.PHONY: lint
lint: $(BUILD)/stamp/packages $(BUILD)/stamp/bench-packages $(BUILD)/stamp/lint-packages ## check the house rules, format, static analysis, clang's warnings
	@BUILD=$(BUILD) JOBS=$(JOBS) tests/lint/run

# clang-tidy on one file; lint runs these, and only for what has changed.
tidy := $(patsubst %.c,$(BUILD)/tidy/%.ok,$(filter-out tests/bench/%,$(sources)))
.PHONY: tidy
tidy: $(tidy)
$(BUILD)/tidy/%.ok: $(BUILD)/%.o .clang-tidy tests/.clang-tidy
	@mkdir -p $(@D)
	@clang-tidy --quiet $*.c -- $(language) >$@.log 2>&1 || { grep ': error:' $@.log; echo '(how: $@.log)'; exit 1; }
	@touch $@

.PHONY: bench bench-programs
bench-programs: $(bench_programs)
bench: all bench-programs ## measure on a large library: CORPUS=DIR
	@BUILD=$(BUILD) CORPUS="$(CORPUS)" SIZE="$(SIZE)" LARGE="$(LARGE)" tests/bench/run

.PHONY: library
library: $(BUILD)/bench/scale ## make a library of SIZE files like those of CORPUS: build/library-SIZE
	@$< "$(CORPUS)" $(BUILD)/library-$(SIZE) $(SIZE)

# Each fuzzer on its own, with clang's libFuzzer; what it finds stays in $(BUILD)/fuzz.
fuzzers := $(patsubst tests/fuzz/%.c,$(BUILD)/fuzz/%,$(wildcard tests/fuzz/fuzz_*.c))
.PHONY: fuzz
fuzz: $(fuzzers) ## run each fuzzer for FUZZ_SECONDS
	@cd $(BUILD)/fuzz && for f in $(notdir $(fuzzers)); do mkdir -p corpus-$$f && \
		./$$f -max_total_time=$(FUZZ_SECONDS) -max_len=8192 -timeout=5 -print_final_stats=1 corpus-$$f || exit 1; done
$(BUILD)/fuzz/%: tests/fuzz/%.c $(core_sources) $(BUILD)/stamp/flags
	@mkdir -p $(@D)
	$(call say,FUZZ $@)
	$(quiet)clang $(language) -g -O1 -pthread -fsanitize=fuzzer,address,undefined -o $@ $< $(core_sources) $(core_libraries)

.PHONY: man
man: ## write the manual's tables of options and keys anew
	@tests/lint/man-tables --write

pages = $(wildcard man/*.[1-8])
page_folder = $(DESTDIR)$(PREFIX)/share/man/man$(subst .,,$(suffix $(1)))
shells = bash zsh fish
bash_completion = $(DESTDIR)$(PREFIX)/share/bash-completion/completions/lectern
zsh_completion = $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_lectern
fish_completion = $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/lectern.fish
.PHONY: install uninstall
install: all ## install to PREFIX (/usr/local) below DESTDIR
	install -d "$(DESTDIR)$(PREFIX)/bin"
	install -m 755 $(BUILD)/lectern "$(DESTDIR)$(PREFIX)/bin/lectern"
	$(foreach page,$(pages),install -d "$(call page_folder,$(page))" && install -m 644 $(page) "$(call page_folder,$(page))" &&) :
	$(foreach shell,$(shells),install -d "$(dir $($(shell)_completion))" && $(BUILD)/lectern completion $(shell) >"$($(shell)_completion)" &&) :
uninstall: ## remove what install installed
	rm -f "$(DESTDIR)$(PREFIX)/bin/lectern"
	$(foreach page,$(pages),rm -f "$(call page_folder,$(page))/$(notdir $(page))" &&) :
	$(foreach shell,$(shells),rm -f "$($(shell)_completion)" &&) :

.PHONY: clean
clean: ## remove everything that was built
	rm -rf $(BUILD)

.PHONY: help
help: ## this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1	\2/p' Makefile | expand -t 18
	@echo
	@echo '  BUILD=DIR builds elsewhere, SANITIZE=1 with address and undefined-behaviour sanitizers, V=1 shows commands.'

.PRECIOUS: $(BUILD)/%.o
-include $(patsubst %.c,$(BUILD)/%.d,$(sources))
