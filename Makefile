# okrbook: CSV exports of goals and check-ins -> one board-ready workbook.
#
#   make            the program, at build/okrbook
#   make setup      the packages that building and the demo need      make setup-tests   those that the tests need besides
#   make demo       a finished workbook out of samples/                make test          every test
#
# SANITIZE=address,undefined builds into a folder of its own; WERROR=1 makes warnings errors; V=1 shows commands.

.DELETE_ON_ERROR:
.SUFFIXES:
MAKEFLAGS += --no-builtin-rules

CC ?= gcc
ifeq ($(origin CC),default)
CC := gcc
endif
PREFIX ?= /usr/local
DESTDIR ?=
SANITIZE ?=
CFLAGS ?= -O2 -g
comma := ,

MODE := $(notdir $(CC))$(if $(SANITIZE),-$(subst $(comma),-,$(SANITIZE)))
OUT := build/$(MODE)
Q := $(if $(V),,@)

PKGS := xlsxwriter libpcre2-8 jansson libutf8proc libarchive nettle
PKG_CFLAGS := $(shell pkg-config --cflags $(PKGS) 2>/dev/null)
PKG_LIBS := $(shell pkg-config --libs $(PKGS) 2>/dev/null) -lcsv -lm

WARNINGS := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes -Wwrite-strings \
	-Wcast-qual -Wvla -Wundef -Wformat=2 -Wnull-dereference -Wimplicit-fallthrough -Wswitch-enum
OKB_CFLAGS := -std=c11 -D_DEFAULT_SOURCE -D_FILE_OFFSET_BITS=64 -fno-common -Iinclude $(WARNINGS) $(if $(WERROR),-Werror)
SAN_FLAGS := $(if $(SANITIZE),-fsanitize=$(SANITIZE) -fno-sanitize-recover=all -fno-omit-frame-pointer -DOKB_SANITIZED)
COMPILE = $(CC) $(OKB_CFLAGS) $(PKG_CFLAGS) $(SAN_FLAGS) $(CFLAGS)

# ---- rooms ----------------------------------------------------------------------------------------------------

ROOMS := base plan os read normalize judge score review write
SRC_pipeline := $(wildcard src/*.c)
SRC_cli := $(wildcard src/cli/*.c)
TABLES := $(sort $(wildcard src/tables/*.csv))
$(foreach room,$(ROOMS),$(eval SRC_$(room) := $(wildcard src/$(room)/*.c)))
LIBS_IN_ORDER := $(foreach room,pipeline write review score judge normalize read os plan base,$(OUT)/lib/$(room).a) \
	$(OUT)/lib/tables.a
HEADERS := $(wildcard include/okrbook/*.h)

.PHONY: all
all: build/okrbook

define room_rules
OBJ_$(1) := $$(patsubst src/%.c,$(OUT)/obj/%.o,$$(SRC_$(1)))
$(OUT)/lib/$(1).a: $$(OBJ_$(1)) | $(OUT)/lib
	$$(Q)rm -f $$@ && $$(AR) rcs $$@ $$^
endef
$(foreach room,$(ROOMS) pipeline cli,$(eval $(call room_rules,$(room))))

$(OUT)/okrbook: $(OUT)/lib/cli.a $(LIBS_IN_ORDER)
	@echo "  link   $@"
	$(Q)$(CC) $(SAN_FLAGS) $(CFLAGS) $(LDFLAGS) -o $@ $(OBJ_cli) $(LIBS_IN_ORDER) $(PKG_LIBS)

build/okrbook: $(OUT)/okrbook
	$(Q)cp -f $< $@

$(OUT)/obj/%.o: src/%.c $(OUT)/flags | $(OUT)/obj
	@mkdir -p $(@D)
	@echo "  cc     $<"
	$(Q)$(COMPILE) -MMD -MP -c -o $@ $<

# The editable tables, compiled in byte for byte.
$(OUT)/obj/tables.c: $(TABLES) Makefile | $(OUT)/obj
	@echo "  table  $@"
	$(Q){ echo '#include "okrbook/tables.h"'; \
	  i=0; for t in $(TABLES); do \
	    printf 'static const unsigned char table_%d[] = {' $$i; od -An -v -tx1 $$t | sed 's/ \([0-9a-f][0-9a-f]\)/0x\1,/g'; \
	    echo '0};'; i=$$((i + 1)); done; \
	  echo 'const okb_builtin okb_builtins[] = {'; \
	  i=0; for t in $(TABLES); do printf '{"%s", table_%d, sizeof table_%d - 1},\n' $${t##*/} $$i $$i; i=$$((i + 1)); done; \
	  echo '{0, 0, 0}};'; } > $@
$(OUT)/obj/tables.o: $(OUT)/obj/tables.c
	$(Q)$(COMPILE) -c -o $@ $<
$(OUT)/lib/tables.a: $(OUT)/obj/tables.o | $(OUT)/lib
	$(Q)rm -f $@ && $(AR) rcs $@ $^

# A changed compiler or flag rebuilds everything; nothing else does.
$(OUT)/flags: force | $(OUT)/obj
	@echo '$(COMPILE)' | cmp -s - $@ || echo '$(COMPILE)' > $@
.PHONY: force
force:

$(OUT)/obj $(OUT)/lib $(OUT)/tests:
	@mkdir -p $@

-include $(shell find $(OUT) -name '*.d' 2>/dev/null)

# ---- tests ----------------------------------------------------------------------------------------------------

# tests/unit/test_<room>_<what>.c is linked with that room and the rooms below the stages, so a stage's tests
# prove that it stands alone. Tests of the pipeline get everything.
UNIT := $(patsubst tests/unit/%.c,%,$(wildcard tests/unit/test_*.c))
below := read os plan base
unit_room = $(word 2,$(subst _, ,$(1)))
unit_libs = $(if $(filter pipeline,$(call unit_room,$(1))),$(LIBS_IN_ORDER),$(patsubst %,$(OUT)/lib/%.a,\
	$(filter-out $(below),$(call unit_room,$(1))) $(below) tables))

define unit_rule
$(OUT)/tests/$(1): tests/unit/$(1).c $(call unit_libs,$(1)) | $(OUT)/tests
	@echo "  test   $(1)"
	$$(Q)$$(COMPILE) -Wno-missing-prototypes -Itests/unit -MMD -MP -o $$@ $$< $(call unit_libs,$(1)) $$(LDFLAGS) $$(PKG_LIBS) -lcmocka
endef
$(foreach t,$(UNIT),$(eval $(call unit_rule,$(t))))

# make unit ROOM=judge builds and runs the tests of one room.
.PHONY: unit
unit: $(foreach t,$(if $(ROOM),$(filter test_$(ROOM)_%,$(UNIT)),$(UNIT)),$(OUT)/tests/$(t))
	$(Q)status=0; for t in $^; do CMOCKA_MESSAGE_OUTPUT=TAP $$t || status=1; done; exit $$status

# make cases CASE=usage runs one area, CASE=usage/help one case; make bless CASE=... rewrites what they expect.
.PHONY: cases bless
cases: build/okrbook
	$(Q)BUILD=$(OUT) tests/tools/run_cases.sh $(CASE)

bless: build/okrbook
	$(Q)BUILD=$(OUT) tests/tools/bless.sh $(CASE)

.PHONY: clean
clean:
	rm -rf build
