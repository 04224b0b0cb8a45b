/* The columns of check-ins, teams, findings, inputs and rejects, as the exports write them: SPEC section 3. */
#include "facts.h"

#define CHECKIN const okb_checkin *c = &f->plan->checkins[ix]
#define TEAM const okb_team_result *t = &f->plan->team_results[ix]
#define FINDING const okb_finding *n = &f->plan->findings[ix]
#define FILE_ const okb_file *file = &f->plan->files[ix]
#define REJECT const okb_reject *r = &f->plan->rejects[ix]
/* A getter whose body is one call on the row. */
#define FIELD(name, row, call)                                                                                         \
    static void name(okb_facts *f, uint32_t ix, okb_value *out)                                                        \
    {                                                                                                                  \
        row;                                                                                                           \
        call;                                                                                                          \
    }

#define TEXT OKB_VALUE_TEXT
#define NUMBER OKB_VALUE_NUMBER
#define DAY OKB_VALUE_DAY

/* ---- check-ins ---- */

FIELD(checkin_goal, CHECKIN, okb_value_text(out, f->plan->goals[c->goal_ix].id))
FIELD(checkin_date, CHECKIN, okb_value_day(out, c->date))
FIELD(checkin_value, CHECKIN, okb_value_number(out, c->value))
FIELD(checkin_progress, CHECKIN, okb_value_number(out, c->progress))
FIELD(checkin_score, CHECKIN, okb_value_number(out, c->score))
FIELD(checkin_confidence, CHECKIN, okb_value_number(out, c->confidence))
FIELD(checkin_status, CHECKIN, okb_value_word(out, okb_status_name(c->status)))
FIELD(checkin_comment, CHECKIN, okb_value_text(out, c->comment))
FIELD(checkin_blocker, CHECKIN, okb_value_text(out, c->blocker))
FIELD(checkin_author, CHECKIN, okb_value_text(out, c->author))

static const okb_field checkin_fields[] = {
    {"goal_id", 14, OKB_LOOK_ID, TEXT, checkin_goal},
    {"date", 12, OKB_LOOK_DAY, DAY, checkin_date},
    {"value", 12, OKB_LOOK_NUMBER, NUMBER, checkin_value},
    {"progress", 11, OKB_LOOK_RATE, NUMBER, checkin_progress},
    {"score", 10, OKB_LOOK_SCORE, NUMBER, checkin_score},
    {"confidence", 12, OKB_LOOK_SCORE, NUMBER, checkin_confidence},
    {"status", 13, OKB_LOOK_TEXT, TEXT, checkin_status},
    {"comment", 40, OKB_LOOK_TEXT, TEXT, checkin_comment},
    {"blocker", 30, OKB_LOOK_TEXT, TEXT, checkin_blocker},
    {"author", 18, OKB_LOOK_TEXT, TEXT, checkin_author},
};

/* ---- teams ---- */

FIELD(team_cycle, TEAM, okb_value_text(out, f->plan->cycles[t->cycle_ix].name))
FIELD(team_name, TEAM, okb_value_text(out, f->plan->teams[t->team_ix].name))
FIELD(team_objectives, TEAM, okb_value_number(out, t->n_objectives))
FIELD(team_key_results, TEAM, okb_value_number(out, t->n_key_results))
FIELD(team_goals, TEAM, okb_value_number(out, t->n_goals))
FIELD(team_initiatives, TEAM, okb_value_number(out, t->n_initiatives))
FIELD(team_scored, TEAM, okb_value_number(out, t->n_scored))
FIELD(team_score, TEAM, okb_value_number(out, t->score))
FIELD(team_missing_zero, TEAM, okb_value_number(out, t->score_missing_zero))
FIELD(team_expected, TEAM, okb_value_number(out, t->expected))
FIELD(team_pace, TEAM, okb_value_word(out, okb_pace_name(t->pace)))
FIELD(team_outcome, TEAM, okb_value_number(out, t->outcome_rate))
FIELD(team_smart, TEAM, okb_value_number(out, t->smart_rate))
FIELD(team_checkin, TEAM, okb_value_number(out, t->checkin_rate))
FIELD(team_linked, TEAM, okb_value_number(out, t->linked_rate))
FIELD(team_owner, TEAM, okb_value_number(out, t->owner_rate))
FIELD(team_baseline, TEAM, okb_value_number(out, t->baseline_rate))
FIELD(team_confidence, TEAM, okb_value_number(out, t->confidence))
FIELD(team_previous, TEAM, okb_value_number(out, t->previous_score))
FIELD(team_change, TEAM, okb_value_number(out, t->change))
FIELD(team_errors, TEAM, okb_value_number(out, t->n_errors))
FIELD(team_warnings, TEAM, okb_value_number(out, t->n_warnings))
FIELD(team_advice, TEAM, okb_value_text(out, t->advice))

static const okb_field team_fields[] = {
    {"cycle", 10, OKB_LOOK_TEXT, TEXT, team_cycle},
    {"team", 22, OKB_LOOK_TEXT, TEXT, team_name},
    {"objectives", 11, OKB_LOOK_COUNT, NUMBER, team_objectives},
    {"key_results", 11, OKB_LOOK_COUNT, NUMBER, team_key_results},
    {"goals", 9, OKB_LOOK_COUNT, NUMBER, team_goals},
    {"initiatives", 11, OKB_LOOK_COUNT, NUMBER, team_initiatives},
    {"scored", 9, OKB_LOOK_COUNT, NUMBER, team_scored},
    {"computed_score", 15, OKB_LOOK_SCORE, NUMBER, team_score},
    {"score_missing_zero", 18, OKB_LOOK_SCORE, NUMBER, team_missing_zero},
    {"expected", 10, OKB_LOOK_SCORE, NUMBER, team_expected},
    {"pace", 12, OKB_LOOK_TEXT, TEXT, team_pace},
    {"outcome_rate", 13, OKB_LOOK_RATE, NUMBER, team_outcome},
    {"smart_rate", 11, OKB_LOOK_RATE, NUMBER, team_smart},
    {"checkin_rate", 13, OKB_LOOK_RATE, NUMBER, team_checkin},
    {"linked_rate", 12, OKB_LOOK_RATE, NUMBER, team_linked},
    {"owner_rate", 11, OKB_LOOK_RATE, NUMBER, team_owner},
    {"baseline_rate", 13, OKB_LOOK_RATE, NUMBER, team_baseline},
    {"confidence", 12, OKB_LOOK_SCORE, NUMBER, team_confidence},
    {"previous_score", 14, OKB_LOOK_SCORE, NUMBER, team_previous},
    {"change", 9, OKB_LOOK_SCORE, NUMBER, team_change},
    {"errors", 9, OKB_LOOK_COUNT, NUMBER, team_errors},
    {"warnings", 10, OKB_LOOK_COUNT, NUMBER, team_warnings},
    {"advice", 20, OKB_LOOK_TEXT, TEXT, team_advice},
};

/* ---- findings ---- */

FIELD(finding_severity, FINDING, okb_value_word(out, okb_severity_name(n->severity)))
FIELD(finding_code, FINDING, okb_value_text(out, n->def->code))
FIELD(finding_team, FINDING,
      okb_value_text(out, n->team_ix != OKB_NONE ? f->plan->teams[n->team_ix].name : (okb_span){NULL, 0}))
FIELD(finding_goal, FINDING,
      okb_value_text(out, n->goal_ix != OKB_NONE ? f->plan->goals[n->goal_ix].id : (okb_span){NULL, 0}))
FIELD(finding_title, FINDING,
      okb_value_text(out, n->goal_ix != OKB_NONE ? f->plan->goals[n->goal_ix].title : (okb_span){NULL, 0}))
FIELD(finding_evidence, FINDING, okb_value_text(out, n->evidence))
FIELD(finding_message, FINDING, okb_value_text(out, n->message))
FIELD(finding_question, FINDING, okb_value_text(out, n->question))
FIELD(finding_file, FINDING, okb_value_text(out, okb_facts_file(f, n->source.file_ix)))

static void finding_line(okb_facts *f, uint32_t ix, okb_value *out)
{
    FINDING;
    if (n->source.file_ix != OKB_NONE && n->source.line)
        okb_value_number(out, n->source.line);
}

static const okb_field finding_fields[] = {
    {"severity", 10, OKB_LOOK_TEXT, TEXT, finding_severity}, {"code", 9, OKB_LOOK_ID, TEXT, finding_code},
    {"team", 18, OKB_LOOK_TEXT, TEXT, finding_team},         {"goal_id", 12, OKB_LOOK_ID, TEXT, finding_goal},
    {"title", 40, OKB_LOOK_WRAP, TEXT, finding_title},       {"evidence", 28, OKB_LOOK_WRAP, TEXT, finding_evidence},
    {"message", 36, OKB_LOOK_WRAP, TEXT, finding_message},   {"question", 40, OKB_LOOK_WRAP, TEXT, finding_question},
    {"source_file", 22, OKB_LOOK_TEXT, TEXT, finding_file},  {"source_line", 11, OKB_LOOK_COUNT, NUMBER, finding_line},
};

/* ---- inputs ---- */

static const char *file_kind_name(okb_file_kind kind)
{
    switch (kind) {
    case OKB_FILE_GOALS:
        return "goals";
    case OKB_FILE_CHECKINS:
        return "checkins";
    case OKB_FILE_TEAMS:
        return "teams";
    case OKB_FILE_UNKNOWN:
        break;
    }
    return "";
}

static okb_span delimiter_name(okb_facts *f, char delimiter)
{
    switch (delimiter) {
    case ',':
        return OKB_S("comma");
    case ';':
        return OKB_S("semicolon");
    case '\t':
        return OKB_S("tab");
    case '|':
        return OKB_S("pipe");
    case '\0':
        return (okb_span){NULL, 0};
    default:
        return okb_arena_printf(&f->scratch, "%c", delimiter);
    }
}

FIELD(input_file, FILE_, (void)file; okb_value_text(out, okb_facts_file(f, ix)))
FIELD(input_kind, FILE_, okb_value_word(out, file_kind_name(file->kind)))
FIELD(input_format, FILE_, okb_value_text(out, file->format))
FIELD(input_encoding, FILE_, okb_value_text(out, file->encoding))
FIELD(input_delimiter, FILE_, okb_value_text(out, delimiter_name(f, file->delimiter)))
FIELD(input_rows, FILE_, okb_value_number(out, file->rows))
FIELD(input_used, FILE_, okb_value_number(out, file->used))
FIELD(input_merged, FILE_, okb_value_number(out, file->merged))
FIELD(input_rejected, FILE_, okb_value_number(out, file->rejected))
FIELD(input_skipped, FILE_, okb_value_number(out, file->skipped))
FIELD(input_repaired, FILE_, okb_value_number(out, file->repaired))
FIELD(input_sha256, FILE_, okb_value_word(out, file->sha256))

static const okb_field input_fields[] = {
    {"file", 34, OKB_LOOK_TEXT, TEXT, input_file},
    {"kind", 10, OKB_LOOK_TEXT, TEXT, input_kind},
    {"format", 20, OKB_LOOK_TEXT, TEXT, input_format},
    {"encoding", 14, OKB_LOOK_TEXT, TEXT, input_encoding},
    {"delimiter", 11, OKB_LOOK_TEXT, TEXT, input_delimiter},
    {"rows", 9, OKB_LOOK_COUNT, NUMBER, input_rows},
    {"used", 9, OKB_LOOK_COUNT, NUMBER, input_used},
    {"merged", 9, OKB_LOOK_COUNT, NUMBER, input_merged},
    {"rejected", 10, OKB_LOOK_COUNT, NUMBER, input_rejected},
    {"skipped", 10, OKB_LOOK_COUNT, NUMBER, input_skipped},
    {"repaired", 10, OKB_LOOK_COUNT, NUMBER, input_repaired},
    {"sha256", 68, OKB_LOOK_ID, TEXT, input_sha256},
};

/* ---- rejects ---- */

FIELD(reject_file, REJECT, okb_value_text(out, okb_facts_file(f, r->source.file_ix)))
FIELD(reject_line, REJECT, okb_value_number(out, r->source.line))
FIELD(reject_column, REJECT, okb_value_text(out, r->column))
FIELD(reject_value, REJECT, okb_value_text(out, r->value))
FIELD(reject_reason, REJECT, okb_value_text(out, r->reason))
FIELD(reject_row, REJECT, okb_value_text(out, r->row))

static const okb_field reject_fields[] = {
    {"file", 34, OKB_LOOK_TEXT, TEXT, reject_file},     {"line", 10, OKB_LOOK_COUNT, NUMBER, reject_line},
    {"column", 18, OKB_LOOK_TEXT, TEXT, reject_column}, {"value", 24, OKB_LOOK_WRAP, TEXT, reject_value},
    {"reason", 40, OKB_LOOK_WRAP, TEXT, reject_reason}, {"row", 70, OKB_LOOK_WRAP, TEXT, reject_row},
};

#define LIST(array)                                                                                                    \
    (okb_field_list)                                                                                                   \
    {                                                                                                                  \
        array, sizeof array / sizeof array[0]                                                                          \
    }

okb_field_list okb_checkin_fields(void)
{
    return LIST(checkin_fields);
}

okb_field_list okb_team_fields(void)
{
    return LIST(team_fields);
}

okb_field_list okb_finding_fields(void)
{
    return LIST(finding_fields);
}

okb_field_list okb_input_fields(void)
{
    return LIST(input_fields);
}

okb_field_list okb_reject_fields(void)
{
    return LIST(reject_fields);
}
