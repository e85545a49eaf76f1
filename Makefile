# lectern: `make run` opens the bundled library, `make check` runs the tests. See README.md.

.SUFFIXES:
.DELETE_ON_ERROR:
.DEFAULT_GOAL := all

BUILD ?= build
CC ?= cc
OPTIMISE ?= -O2 -g
WARNINGS = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror
CPPFLAGS += -Iinclude -D_POSIX_C_SOURCE=200809L -D_XOPEN_SOURCE=700
CFLAGS += -std=c11 $(OPTIMISE) $(WARNINGS) -pthread -fstack-protector-strong
LDFLAGS += -pthread

ifdef SANITIZE
CFLAGS += -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
LDFLAGS += -fsanitize=address,undefined
endif

LIBRARY_FOLDERS = base article layout library state config index search
CORE_LIBS = -lyaml -lmd4c -lutf8proc -lpcre2-8 -lm
TERM_LIBS = -lncursesw -ltinfo

core_sources := $(wildcard $(LIBRARY_FOLDERS:%=src/%/*.c))
ui_sources := $(wildcard src/ui/*.c)
program_sources := $(wildcard src/term/*.c src/cmd/*.c src/main.c)
test_sources := $(wildcard tests/unit/test_*.c)

objects = $(1:%.c=$(BUILD)/%.o)
core_objects := $(call objects,$(core_sources))
ui_objects := $(call objects,$(ui_sources))
program_objects := $(call objects,$(program_sources))
tests := $(test_sources:tests/unit/%.c=$(BUILD)/tests/%)

.PHONY: all
all: $(BUILD)/lectern

$(BUILD)/lectern: $(program_objects) $(BUILD)/liblecternui.a $(BUILD)/liblectern.a
	$(CC) $(LDFLAGS) -o $@ $^ $(TERM_LIBS) $(CORE_LIBS)

$(BUILD)/liblectern.a: $(core_objects)
$(BUILD)/liblecternui.a: $(ui_objects)
$(BUILD)/%.a:
	@rm -f $@
	$(AR) rcs $@ $^

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/tests/%: $(BUILD)/tests/unit/%.o $(BUILD)/liblecternui.a $(BUILD)/liblectern.a
	@mkdir -p $(@D)
	$(CC) $(LDFLAGS) -o $@ $^ -lcmocka $(CORE_LIBS)

.PHONY: check
check: all $(tests)
	@set -e; for t in $(tests); do $$t; done

.PHONY: clean
clean:
	rm -rf $(BUILD)

.PRECIOUS: $(BUILD)/%.o
-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
