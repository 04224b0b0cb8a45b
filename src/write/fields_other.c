/* The columns of check-ins, teams, findings, inputs and rejects, as the exports write them. */
#include "fields.h"

#define CHECKIN(name) OKB_FIELD_OF(checkin_row, okb_checkin, name)
#define TEAM(name) OKB_FIELD_OF(team_row, okb_team_result, name)
#define FINDING(name) OKB_FIELD_OF(finding_row, okb_finding, name)
#define INPUT(name) OKB_FIELD_OF(input_row, okb_file, name)
#define REJECT(name) OKB_FIELD_OF(reject_row, okb_reject, name)

/* What the getters read. */
#define A_CHECKIN const okb_checkin *c = &f->plan->checkins[ix]
#define A_TEAM const okb_team_result *t = &f->plan->team_results[ix]
#define A_FINDING const okb_finding *n = &f->plan->findings[ix]
#define AN_INPUT const okb_file *file = &f->plan->files[ix]
#define A_REJECT const okb_reject *r = &f->plan->rejects[ix]

static const void *checkin_row(const okb_facts *f, uint32_t ix)
{
    return &f->plan->checkins[ix];
}

static const void *team_row(const okb_facts *f, uint32_t ix)
{
    return &f->plan->team_results[ix];
}

static const void *finding_row(const okb_facts *f, uint32_t ix)
{
    return &f->plan->findings[ix];
}

static const void *input_row(const okb_facts *f, uint32_t ix)
{
    return &f->plan->files[ix];
}

static const void *reject_row(const okb_facts *f, uint32_t ix)
{
    return &f->plan->rejects[ix];
}

/* ---- check-ins ---- */

GETTER(checkin_goal, A_CHECKIN, okb_value_text(out, f->plan->goals[c->goal_ix].id))
GETTER(checkin_status, A_CHECKIN, okb_value_word(out, okb_status_name(c->status)))

static const okb_field checkin_fields[] = {
    {"goal_id", 14, OKB_LOOK_ID, BY(TEXT, get_checkin_goal)},
    {"date", 12, OKB_LOOK_DAY, CHECKIN(date)},
    {"value", 12, OKB_LOOK_NUMBER, CHECKIN(value)},
    {"progress", 11, OKB_LOOK_RATE, CHECKIN(progress)},
    {"score", 10, OKB_LOOK_SCORE, CHECKIN(score)},
    {"confidence", 12, OKB_LOOK_SCORE, CHECKIN(confidence)},
    {"status", 13, OKB_LOOK_TEXT, BY(TEXT, get_checkin_status)},
    {"comment", 40, OKB_LOOK_TEXT, CHECKIN(comment)},
    {"blocker", 30, OKB_LOOK_TEXT, CHECKIN(blocker)},
    {"author", 18, OKB_LOOK_TEXT, CHECKIN(author)},
};

/* ---- teams ---- */

GETTER(team_cycle, A_TEAM, okb_value_text(out, f->plan->cycles[t->cycle_ix].name))
GETTER(team_name, A_TEAM, okb_value_text(out, f->plan->teams[t->team_ix].name))
GETTER(team_pace, A_TEAM, okb_value_word(out, okb_pace_name(t->pace)))

static const okb_field team_fields[] = {
    {"cycle", 10, OKB_LOOK_TEXT, BY(TEXT, get_team_cycle)},
    {"team", 22, OKB_LOOK_TEXT, BY(TEXT, get_team_name)},
    {"objectives", 11, OKB_LOOK_COUNT, TEAM(n_objectives)},
    {"key_results", 11, OKB_LOOK_COUNT, TEAM(n_key_results)},
    {"goals", 9, OKB_LOOK_COUNT, TEAM(n_goals)},
    {"initiatives", 11, OKB_LOOK_COUNT, TEAM(n_initiatives)},
    {"scored", 9, OKB_LOOK_COUNT, TEAM(n_scored)},
    {"computed_score", 15, OKB_LOOK_SCORE, TEAM(score)},
    {"score_missing_zero", 18, OKB_LOOK_SCORE, TEAM(score_missing_zero)},
    {"expected", 10, OKB_LOOK_SCORE, TEAM(expected)},
    {"pace", 12, OKB_LOOK_TEXT, BY(TEXT, get_team_pace)},
    {"outcome_rate", 13, OKB_LOOK_RATE, TEAM(outcome_rate)},
    {"smart_rate", 11, OKB_LOOK_RATE, TEAM(smart_rate)},
    {"checkin_rate", 13, OKB_LOOK_RATE, TEAM(checkin_rate)},
    {"linked_rate", 12, OKB_LOOK_RATE, TEAM(linked_rate)},
    {"owner_rate", 11, OKB_LOOK_RATE, TEAM(owner_rate)},
    {"baseline_rate", 13, OKB_LOOK_RATE, TEAM(baseline_rate)},
    {"confidence", 12, OKB_LOOK_SCORE, TEAM(confidence)},
    {"previous_score", 14, OKB_LOOK_SCORE, TEAM(previous_score)},
    {"change", 9, OKB_LOOK_SCORE, TEAM(change)},
    {"errors", 9, OKB_LOOK_COUNT, TEAM(n_errors)},
    {"warnings", 10, OKB_LOOK_COUNT, TEAM(n_warnings)},
    {"advice", 20, OKB_LOOK_TEXT, TEAM(advice)},
};

/* ---- findings ---- */

GETTER(finding_severity, A_FINDING, okb_value_word(out, okb_severity_name(n->severity)))
GETTER(finding_code, A_FINDING, okb_value_text(out, n->def->code))
GETTER(finding_team, A_FINDING,
       okb_value_text(out, n->team_ix != OKB_NONE ? f->plan->teams[n->team_ix].name : (okb_span){NULL, 0}))
GETTER(finding_goal, A_FINDING,
       okb_value_text(out, n->goal_ix != OKB_NONE ? f->plan->goals[n->goal_ix].id : (okb_span){NULL, 0}))
GETTER(finding_title, A_FINDING,
       okb_value_text(out, n->goal_ix != OKB_NONE ? f->plan->goals[n->goal_ix].title : (okb_span){NULL, 0}))
GETTER(finding_file, A_FINDING, okb_value_text(out, okb_facts_file(f, n->source.file_ix)))

static void get_finding_line(okb_facts *f, uint32_t ix, okb_value *out)
{
    const okb_finding *n = &f->plan->findings[ix];
    if (n->source.file_ix != OKB_NONE && n->source.line)
        okb_value_number(out, n->source.line);
}

static const okb_field finding_fields[] = {
    {"severity", 10, OKB_LOOK_TEXT, BY(TEXT, get_finding_severity)},
    {"code", 9, OKB_LOOK_ID, BY(TEXT, get_finding_code)},
    {"team", 18, OKB_LOOK_TEXT, BY(TEXT, get_finding_team)},
    {"goal_id", 12, OKB_LOOK_ID, BY(TEXT, get_finding_goal)},
    {"title", 40, OKB_LOOK_WRAP, BY(TEXT, get_finding_title)},
    {"evidence", 28, OKB_LOOK_WRAP, FINDING(evidence)},
    {"message", 36, OKB_LOOK_WRAP, FINDING(message)},
    {"question", 40, OKB_LOOK_WRAP, FINDING(question)},
    {"source_file", 22, OKB_LOOK_TEXT, BY(TEXT, get_finding_file)},
    {"source_line", 11, OKB_LOOK_COUNT, BY(NUMBER, get_finding_line)},
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

static void get_input_file(okb_facts *f, uint32_t ix, okb_value *out)
{
    okb_value_text(out, okb_facts_file(f, ix));
}

GETTER(input_kind, AN_INPUT, okb_value_word(out, file_kind_name(file->kind)))
GETTER(input_delimiter, AN_INPUT, okb_value_text(out, delimiter_name(f, file->delimiter)))
GETTER(input_sha256, AN_INPUT, okb_value_word(out, file->sha256))

static const okb_field input_fields[] = {
    {"file", 34, OKB_LOOK_TEXT, BY(TEXT, get_input_file)},
    {"kind", 10, OKB_LOOK_TEXT, BY(TEXT, get_input_kind)},
    {"format", 20, OKB_LOOK_TEXT, INPUT(format)},
    {"encoding", 14, OKB_LOOK_TEXT, INPUT(encoding)},
    {"delimiter", 11, OKB_LOOK_TEXT, BY(TEXT, get_input_delimiter)},
    {"rows", 9, OKB_LOOK_COUNT, INPUT(rows)},
    {"used", 9, OKB_LOOK_COUNT, INPUT(used)},
    {"merged", 9, OKB_LOOK_COUNT, INPUT(merged)},
    {"rejected", 10, OKB_LOOK_COUNT, INPUT(rejected)},
    {"skipped", 10, OKB_LOOK_COUNT, INPUT(skipped)},
    {"repaired", 10, OKB_LOOK_COUNT, INPUT(repaired)},
    {"sha256", 68, OKB_LOOK_ID, BY(TEXT, get_input_sha256)},
};

/* ---- rejects ---- */

GETTER(reject_file, A_REJECT, okb_value_text(out, okb_facts_file(f, r->source.file_ix)))

static const okb_field reject_fields[] = {
    {"file", 34, OKB_LOOK_TEXT, BY(TEXT, get_reject_file)}, {"line", 10, OKB_LOOK_COUNT, REJECT(source.line)},
    {"column", 18, OKB_LOOK_TEXT, REJECT(column)},          {"value", 24, OKB_LOOK_WRAP, REJECT(value)},
    {"reason", 40, OKB_LOOK_WRAP, REJECT(reason)},          {"row", 70, OKB_LOOK_WRAP, REJECT(row)},
};

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
