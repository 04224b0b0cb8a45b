/* What a row offers as a header: its format by the headers that tell one, or what its words say of the table under it. */
#include "shape.h"

#include <string.h>

static void count_field(okb_offer *o, field f, part p, bool is_weak)
{
    if (f == F_TITLE) {
        if (is_weak)
            o->has_weak_title = true;
        else
            o->has_title = true;
        o->has_goal = o->has_goal || p == PART_KEY_RESULT;
        return;
    }
    if (f == F_GOAL)
        o->has_goal = true;
    else if (f == F_DATE)
        o->has_date = true;
    else if (f == F_CURRENT || f == F_PROGRESS || f == F_SCORE || f == F_CONFIDENCE || f == F_STATUS || f == F_COMMENT)
        o->has_value = true;
    else if (f == F_TEAM)
        o->has_team = true;
    else if (f == F_SIZE || f == F_FRAMEWORK || f == F_LEAD)
        o->has_team_data = true;
    if (f == F_TARGET || f == F_BASELINE || f == F_DUE || f == F_START || f == F_KIND || f == F_LEVEL || f == F_CYCLE ||
        f == F_MEASURE)
        o->has_goal_data = true;
}

okb_offer okb_offer_of(reading *r, uint32_t row_ix, okb_span profile, okb_file_kind kind)
{
    okb_offer o = {0};
    size_t width = okb_table_width(r->table, row_ix);
    for (size_t c = 0; c < width; c++) {
        okb_span cell = okb_cell_text(r->table, row_ix, c);
        if (cell.n == 0 || cell.n > 200)
            continue;
        o.n_cells++;
        header_hit hit = okb_header_read(r, profile, kind, cell);
        if (!hit.rule)
            continue;
        o.n_known++;
        bool is_weak = okb_span_eq(hit.rule->as, OKB_S("weak")) || okb_span_eq(hit.rule->as, OKB_S("metric"));
        if (hit.rule->fields[0] == F_NESTED && o.n_cells == 1)
            o.has_nested = true;
        if (hit.rule->fields[0] == F_DATE) {
            bool is_state = okb_span_eq(hit.rule->as, OKB_S("state"));
            o.has_state_date = o.has_state_date || is_state;
            o.has_checkin_date = o.has_checkin_date || !is_state;
        }
        bool may_be_title = false;
        for (uint32_t i = 0; i < hit.rule->n; i++)
            may_be_title = may_be_title || hit.rule->fields[i] == F_TITLE;
        for (uint32_t i = 0; i < hit.rule->n; i++)
            if (!may_be_title || hit.rule->fields[i] == F_TITLE)
                count_field(&o, hit.rule->fields[i], hit.rule->parts[i], is_weak);
    }
    if (o.has_weak_title && o.n_known >= 3 && (o.has_goal_data || o.has_value))
        o.has_title = true;
    return o;
}

/* The number of a format's signature headers that stand in the row; all of them, or 0. */
static uint32_t signature_match(const format *f, const okb_map *headers, uint32_t n_headers)
{
    for (uint32_t i = 0; i < f->n_signature; i++)
        if (okb_map_get(headers, f->signature[i]) == OKB_NONE)
            return 0;
    if (f->is_subset && n_headers > f->n_signature)
        return 0;
    return f->n_signature;
}

static const format *format_of_row(reading *r, uint32_t row_ix, okb_file_kind forced)
{
    okb_map *headers = okb_map_new();
    uint32_t n_headers = 0;
    size_t width = okb_table_width(r->table, row_ix);
    for (size_t c = 0; c < width; c++) {
        okb_span cell = okb_cell_text(r->table, row_ix, c);
        if (cell.n && cell.n < 200) {
            bool is_new;
            okb_map_put(headers, okb_text_fold(&r->scratch, cell), 0, &is_new);
            n_headers += is_new;
        }
    }
    const format *formats, *best = NULL;
    size_t n = okb_profiles_formats(r->n->profiles, &formats);
    uint32_t best_score = 0;
    for (size_t i = 0; i < n; i++) {
        const format *f = &formats[i];
        if (forced != OKB_FILE_UNKNOWN && f->kind != forced)
            continue;
        if (r->n->options.format.n && !okb_span_eq(f->name, r->n->options.format))
            continue;
        uint32_t score = signature_match(f, headers, n_headers);
        if (score > best_score) {
            best_score = score;
            best = f;
        }
    }
    okb_map_free(headers);
    return best;
}

/* Without a signature: the format that --input-format names, else the plain sheet of that kind. */
static const format *plain_format(reading *r, okb_file_kind kind)
{
    const format *formats, *named = NULL, *sheet = NULL;
    size_t n = okb_profiles_formats(r->n->profiles, &formats);
    for (size_t i = 0; i < n; i++) {
        if (r->n->options.format.n && okb_span_eq(formats[i].name, r->n->options.format) &&
            (!named || (formats[i].kind == kind && named->kind != kind)))
            named = &formats[i];
        if (formats[i].n_signature == 0 && formats[i].kind == kind && !sheet)
            sheet = &formats[i];
    }
    return named ? named : sheet;
}

static okb_file_kind kind_of_row(reading *r, uint32_t row_ix, okb_span profile, okb_file_kind forced,
                                 uint32_t *out_known)
{
    okb_offer goals = okb_offer_of(r, row_ix, profile, OKB_FILE_GOALS);
    *out_known = goals.n_known;
    if (forced == OKB_FILE_GOALS)
        return goals.has_title ? OKB_FILE_GOALS : OKB_FILE_UNKNOWN;
    okb_offer checkins = okb_offer_of(r, row_ix, profile, OKB_FILE_CHECKINS);
    if (forced == OKB_FILE_CHECKINS || (forced == OKB_FILE_UNKNOWN && checkins.has_date && checkins.has_goal &&
                                        checkins.has_value && !goals.has_goal_data)) {
        *out_known = checkins.n_known;
        return checkins.has_date && (checkins.has_goal || checkins.has_title) ? OKB_FILE_CHECKINS : OKB_FILE_UNKNOWN;
    }
    okb_offer teams = okb_offer_of(r, row_ix, profile, OKB_FILE_TEAMS);
    if (forced == OKB_FILE_TEAMS || (teams.has_team && teams.has_team_data && !goals.has_title)) {
        *out_known = teams.n_known;
        return teams.has_team ? OKB_FILE_TEAMS : OKB_FILE_UNKNOWN;
    }
    return goals.has_title ? OKB_FILE_GOALS : OKB_FILE_UNKNOWN;
}

bool okb_header_may_be_goals(reading *r, const block *b)
{
    if (b->kind != OKB_FILE_CHECKINS || b->format->n_signature)
        return false;
    okb_offer goals = okb_offer_of(r, b->header_row, b->format->name, OKB_FILE_GOALS);
    okb_offer checkins = okb_offer_of(r, b->header_row, b->format->name, OKB_FILE_CHECKINS);
    if (!goals.has_title || goals.has_weak_title || !checkins.has_state_date || checkins.has_checkin_date)
        return false;
    bool is_repeated = false;
    okb_map *seen = okb_map_new();
    for (uint32_t c = 0; c < b->n_columns && !is_repeated; c++) {
        const column *col = &b->columns[c];
        if (col->f != F_GOAL && col->f != F_TITLE)
            continue;
        for (uint32_t i = b->header_row + 1; i < r->table->n_rows && !is_repeated; i++) {
            okb_span cell = okb_cell_text(r->table, i, c);
            bool is_new = true;
            if (cell.n)
                okb_map_put(seen, okb_arena_printf(&r->scratch, "%u\x1f%.*s", c, OKB_FMT(cell)), i, &is_new);
            is_repeated = !is_new;
        }
    }
    okb_map_free(seen);
    return !is_repeated;
}

bool okb_header_try(reading *r, uint32_t row_ix, okb_file_kind forced, const format **out_format,
                    okb_file_kind *out_kind, uint32_t *out_known)
{
    const format *f = format_of_row(r, row_ix, forced);
    if (f) {
        *out_format = f;
        *out_kind = f->kind;
        *out_known = 1000 + f->n_signature;
        return true;
    }
    okb_span profile = r->n->options.format.n ? r->n->options.format : OKB_S("*");
    okb_file_kind kind = kind_of_row(r, row_ix, profile, forced, out_known);
    if (kind == OKB_FILE_UNKNOWN)
        return false;
    *out_kind = kind;
    *out_format = plain_format(r, kind);
    return *out_format != NULL;
}
