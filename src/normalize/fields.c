/* The fields that a column can be read as: their names in the columns table and the type of their values. */
#include "room.h"

typedef struct field_row {
    const char *name;
    field_type type;
    word_family family;
} field_row;

static const field_row rows[F_COUNT] = {
    [F_NONE] = {"", T_NONE, W_COUNT},
    [F_IGNORED] = {"-", T_NONE, W_COUNT},
    [F_PAY] = {"pay", T_NONE, W_COUNT},
    [F_TITLE] = {"title", T_TEXT, W_COUNT},
    [F_ID] = {"id", T_REF, W_COUNT},
    [F_ROW_ID] = {"row_id", T_REF, W_COUNT},
    [F_OUTLINE] = {"outline", T_REF, W_COUNT},
    [F_PARENT] = {"parent_id", T_REF, W_COUNT},
    [F_PARENT_ROW] = {"parent_row", T_REF, W_COUNT},
    [F_CHILDREN] = {"children", T_REF, W_COUNT},
    [F_GOAL] = {"goal_id", T_REF, W_COUNT},
    [F_TEAM] = {"team", T_TEXT, W_COUNT},
    [F_CYCLE] = {"cycle", T_TEXT, W_COUNT},
    [F_LEVEL] = {"level", T_WORD, W_LEVEL},
    [F_KIND] = {"kind", T_WORD, W_KIND},
    [F_OWNER] = {"owner", T_TEXT, W_COUNT},
    [F_CREATOR] = {"creator", T_TEXT, W_COUNT},
    [F_AUTHOR] = {"author", T_TEXT, W_COUNT},
    [F_START] = {"start", T_DATE, W_COUNT},
    [F_DUE] = {"due", T_DATE, W_COUNT},
    [F_SPAN] = {"span", T_DATE, W_COUNT},
    [F_UPDATED] = {"updated", T_DATE, W_COUNT},
    [F_DATE] = {"date", T_DATE, W_COUNT},
    [F_CHECKIN_DATE] = {"checkin_date", T_DATE, W_COUNT},
    [F_CHECKIN_NOTE] = {"checkin_note", T_TEXT, W_COUNT},
    [F_COMPLETED] = {"completed", T_DATE, W_COUNT},
    [F_BASELINE] = {"baseline", T_NUMBER, W_COUNT},
    [F_TARGET] = {"target", T_NUMBER, W_COUNT},
    [F_CURRENT] = {"current", T_NUMBER, W_COUNT},
    [F_PHASES] = {"phased_targets", T_TEXT, W_COUNT},
    [F_MEASURE] = {"measure", T_NUMBER, W_COUNT},
    [F_UNIT] = {"unit", T_TEXT, W_COUNT},
    [F_DIRECTION] = {"direction", T_WORD, W_DIRECTION},
    [F_AMBITION] = {"ambition", T_WORD, W_AMBITION},
    [F_WEIGHT] = {"weight", T_NUMBER, W_COUNT},
    [F_PROGRESS] = {"progress", T_SHARE, W_COUNT},
    [F_SCORE] = {"score", T_SHARE, W_COUNT},
    [F_CONFIDENCE] = {"confidence", T_SHARE, W_CONFIDENCE},
    [F_STATUS] = {"status", T_WORD, W_STATUS},
    [F_PRIORITY] = {"priority", T_TEXT, W_COUNT},
    [F_DESCRIPTION] = {"description", T_TEXT, W_COUNT},
    [F_COMMENT] = {"comment", T_TEXT, W_COUNT},
    [F_BLOCKER] = {"blocker", T_TEXT, W_COUNT},
    [F_IGNORE] = {"ignore", T_TEXT, W_COUNT},
    [F_CHECKIN] = {"checkin", T_CELL, W_COUNT},
    [F_COMMENTS] = {"comments", T_CELL, W_COUNT},
    [F_ACTION] = {"action", T_WORD, W_ACTION},
    [F_SECTION] = {"section", T_TEXT, W_COUNT},
    [F_NESTED] = {"nested", T_NONE, W_COUNT},
    [F_SIZE] = {"size", T_NUMBER, W_COUNT},
    [F_FRAMEWORK] = {"framework", T_TEXT, W_COUNT},
    [F_LEAD] = {"lead", T_TEXT, W_COUNT},
};

/* What stands before the point of a field's name; the last three also stand alone, for the title of that part. */
static const struct {
    const char *name;
    part p;
} parts[] = {
    {"row", PART_ROW},
    {"objective", PART_OBJECTIVE},
    {"key_result", PART_KEY_RESULT},
    {"initiative", PART_INITIATIVE},
    {"kr#", PART_NUMBERED},
    {"tree#", PART_TREE},
    {"wide#", PART_WIDE},
};

const char *okb_field_name(field f)
{
    return f < F_COUNT ? rows[f].name : "";
}

okb_span okb_field_print(okb_arena *keep, field f, part p)
{
    if (f == F_IGNORED || f == F_PAY || f == F_NESTED || p == PART_NUMBERED || p == PART_TREE || p == PART_WIDE)
        return (okb_span){NULL, 0};
    if (p == PART_ROW)
        return okb_span_of(rows[f].name);
    const char *part_name = "";
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (parts[i].p == p)
            part_name = parts[i].name;
    return f == F_TITLE ? okb_span_of(part_name) : okb_arena_printf(keep, "%s.%s", part_name, rows[f].name);
}

field_type okb_field_type_of(field f)
{
    return f < F_COUNT ? rows[f].type : T_NONE;
}

word_family okb_field_family(field f)
{
    return f < F_COUNT ? rows[f].family : W_COUNT;
}

static bool part_parse(okb_span name, part *out)
{
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (okb_span_eq(name, okb_span_of(parts[i].name))) {
            *out = parts[i].p;
            return true;
        }
    return false;
}

bool okb_field_parse(okb_span name, field *out_field, part *out_part)
{
    okb_span rest = name;
    part p = PART_ROW;
    if (part_parse(name, &p) && p != PART_ROW) {
        *out_field = F_TITLE;
        *out_part = p;
        return true;
    }
    if (okb_span_find(name, OKB_S(".")) != SIZE_MAX) {
        okb_span head = okb_span_cut(&rest, '.');
        if (!part_parse(head, &p))
            return false;
    }
    for (int f = F_NONE + 1; f < F_COUNT; f++)
        if (rest.n && okb_span_eq(rest, okb_span_of(rows[f].name))) {
            *out_field = (field)f;
            *out_part = p;
            return true;
        }
    return false;
}
