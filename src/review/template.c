/* Messages out of the findings table: named slots in braces, optional parts in brackets. */
#include "room.h"

#include <string.h>

#define SLOT_NAME(name) #name,
static const char *const slot_names[SLOT_COUNT] = {FINDING_SLOTS(SLOT_NAME)};

static int slot_of(okb_span name)
{
    for (int i = 0; i < SLOT_COUNT; i++)
        if (okb_span_eq(name, okb_span_of(slot_names[i])))
            return i;
    return SLOT_COUNT;
}

/* The name between the braces that open at `at`; *end is behind them. No name where the brace is not closed. */
static okb_span name_at(okb_span template, size_t at, size_t *end)
{
    const char *close = memchr(template.p + at, '}', template.n - at);
    if (!close)
        return (okb_span){NULL, 0};
    *end = (size_t)(close - template.p) + 1;
    return okb_span_sub(template, at + 1, *end - 1);
}

static void add_part(okb_buf *buf, okb_span part, const okb_span slots[SLOT_COUNT])
{
    for (size_t at = 0; at < part.n;) {
        size_t end;
        okb_span name = part.p[at] == '{' ? name_at(part, at, &end) : (okb_span){NULL, 0};
        int slot = name.n ? slot_of(name) : SLOT_COUNT;
        if (slot == SLOT_COUNT) {
            okb_buf_byte(buf, part.p[at++]);
            continue;
        }
        okb_buf_add(buf, slots[slot]);
        at = end;
    }
}

static bool has_empty_slot(okb_span part, const okb_span slots[SLOT_COUNT])
{
    for (size_t at = 0; at < part.n; at++) {
        size_t end;
        okb_span name = part.p[at] == '{' ? name_at(part, at, &end) : (okb_span){NULL, 0};
        int slot = name.n ? slot_of(name) : SLOT_COUNT;
        if (slot != SLOT_COUNT && slots[slot].n == 0)
            return true;
    }
    return false;
}

okb_span okb_template_fill(okb_span template, const okb_span slots[SLOT_COUNT], okb_arena *keep)
{
    okb_buf buf = {0};
    okb_buf_add(&buf, (okb_span){NULL, 0});
    while (template.n) {
        const char *open = memchr(template.p, '[', template.n);
        size_t before = open ? (size_t)(open - template.p) : template.n;
        add_part(&buf, okb_span_sub(template, 0, before), slots);
        template = okb_span_sub(template, before, template.n);
        const char *close = template.n ? memchr(template.p, ']', template.n) : NULL;
        if (!template.n)
            break;
        size_t end = close ? (size_t)(close - template.p) : template.n;
        okb_span part = okb_span_sub(template, 1, end);
        if (!has_empty_slot(part, slots))
            add_part(&buf, part, slots);
        template = okb_span_sub(template, close ? end + 1 : end, template.n);
    }
    okb_span filled = okb_arena_copy(keep, okb_buf_span(&buf));
    okb_buf_free(&buf);
    return filled;
}

okb_span okb_template_mistake(okb_span template)
{
    for (size_t at = 0; at < template.n; at++) {
        if (template.p[at] != '{')
            continue;
        size_t end;
        okb_span name = name_at(template, at, &end);
        if (name.n == 0)
            return okb_span_sub(template, at, template.n);
        if (slot_of(name) == SLOT_COUNT)
            return name;
    }
    return (okb_span){NULL, 0};
}

bool okb_template_has_slots(okb_span template)
{
    return template.n && (memchr(template.p, '{', template.n) || memchr(template.p, '[', template.n));
}
