/* Cells to values: each field's cell into a draft of a goal. */
#include "draft.h"

#include <string.h>

okb_span okb_cell_text(const okb_table *table, size_t row_ix, size_t column_ix)
{
    okb_span cell = okb_table_cell(table, row_ix, column_ix);
    if (cell.n == 0)
        return cell;
    unsigned char first = (unsigned char)cell.p[0], last = (unsigned char)cell.p[cell.n - 1];
    if (first <= ' ' || last <= ' ' || first >= 0x80 || last >= 0x80)
        cell = okb_span_trim(cell);
    if (cell.n >= 3 && cell.p[0] == '=' && cell.p[1] == '"' && cell.p[cell.n - 1] == '"')
        return okb_span_trim(okb_span_sub(cell, 2, cell.n - 1));
    if (cell.n >= 2 && cell.p[0] == '\'' && strchr("=+-@\t\r", cell.p[1]))
        return okb_span_sub(cell, 1, cell.n);
    return cell;
}

okb_span okb_keep_text(okb_normalizer *n, okb_span text, bool keep_lines)
{
    return text.n ? okb_text_clean(n->keep, text, keep_lines) : (okb_span){NULL, 0};
}

okb_span okb_keep_repeated(okb_normalizer *n, okb_span text)
{
    if (text.n == 0)
        return (okb_span){NULL, 0};
    if (text.n > 80)
        return okb_keep_text(n, text, false);
    bool is_new;
    uint32_t *at = okb_map_put(n->texts, text, (uint32_t)n->kept.n, &is_new);
    if (is_new) {
        okb_span kept = okb_text_clean(n->keep, text, false);
        *okb_vec_push(&n->kept, okb_span) = kept;
    }
    return okb_vec_at(&n->kept, okb_span, *at);
}

/* `Title (https://...)`: the title. */
okb_span okb_without_link(okb_span text)
{
    size_t at = okb_span_find(text, OKB_S(" (http"));
    if (at == SIZE_MAX || at == 0 || text.p[text.n - 1] != ')')
        return text;
    return okb_span_trim(okb_span_sub(text, 0, at));
}

void okb_cell_problem(reading *r, draft *d, size_t row_ix, const column *col, okb_span value, const char *what)
{
    uint32_t line = r->table->rows[row_ix].line;
    okb_account_repair(r, what, line);
    if (d->n_problems < DRAFT_PROBLEMS)
        d->problems[d->n_problems++] = (draft_problem){col->header, okb_arena_copy(r->n->keep, value), what};
}

/* ---- people ------------------------------------------------------------------------------------------------- */

static uint32_t count_words(okb_span s)
{
    uint32_t n = 0;
    bool in_word = false;
    for (size_t i = 0; i < s.n; i++) {
        bool is_blank = s.p[i] == ' ';
        n += !is_blank && !in_word;
        in_word = !is_blank;
    }
    return n;
}

/* `Weiss, Jonas` in a column of full names is one person written the other way round. */
static bool is_turned_name(const column *col, okb_span text)
{
    size_t comma = okb_span_find(text, OKB_S(","));
    if (!col->is_full_name || comma == SIZE_MAX)
        return false;
    okb_span left = okb_span_trim(okb_span_sub(text, 0, comma)),
             right = okb_span_trim(okb_span_sub(text, comma + 1, text.n));
    if (okb_span_find(right, OKB_S(",")) != SIZE_MAX || count_words(right) != 1)
        return false;
    bool is_lower = left.n && left.p[0] >= 'a' && left.p[0] <= 'z';
    return count_words(left) == 1 || (is_lower && count_words(left) <= 4);
}

/* `@Lin Chow`: the mark of a mention is none of the name. */
static okb_span without_mention(okb_span name)
{
    return name.n > 1 && name.p[0] == '@' ? okb_span_trim(okb_span_sub(name, 1, name.n)) : name;
}

/* The length of a word for `and` at the blank before it, with both blanks; 0 where there is none. */
static size_t join_at(words *w, okb_span text, size_t at)
{
    okb_span rest = okb_span_sub(text, at + 1, text.n);
    okb_span token = okb_span_cut(&rest, ' ');
    return rest.n && token.n && okb_words_find(w, W_JOIN, token) ? token.n + 2 : 0;
}

static okb_span read_people(reading *r, const column *col, okb_span text, uint32_t *out_n)
{
    okb_normalizer *n = r->n;
    *out_n = 0;
    if (text.n >= 2 && text.p[0] == '[' && text.p[text.n - 1] == ']')
        text = okb_span_trim(okb_span_sub(text, 1, text.n - 1));
    text = without_mention(okb_without_link(text));
    if (okb_words_missing(n->words, text))
        return (okb_span){NULL, 0};
    if (!memchr(text.p, ',', text.n) && !memchr(text.p, ';', text.n) && !memchr(text.p, '\n', text.n) &&
        !memchr(text.p, '/', text.n) && count_words(text) < 3) {
        *out_n = 1;
        return okb_keep_repeated(n, text);
    }
    bool is_one = is_turned_name(col, text);
    okb_buf joined = {0};
    size_t from = 0;
    for (size_t i = 0; i <= text.n; i++) {
        size_t join = i < text.n && text.p[i] == ' ' ? join_at(n->words, text, i) : 0;
        bool is_cut = i == text.n || join || text.p[i] == ';' || text.p[i] == '\n' || (!is_one && text.p[i] == ',') ||
                      (text.p[i] == '/' && !okb_span_starts(okb_span_sub(text, i, text.n), OKB_S("//")) && i > 0 &&
                       text.p[i - 1] != '/' && text.p[i - 1] != ':');
        if (!is_cut)
            continue;
        okb_span name = without_mention(okb_span_trim(okb_span_sub(text, from, i)));
        from = i + (join ? join : 1);
        i = from - 1;
        if (name.n == 0 || okb_words_missing(n->words, name))
            continue;
        if (joined.n)
            okb_buf_add(&joined, OKB_S("; "));
        okb_buf_add(&joined, name);
        (*out_n)++;
    }
    okb_span kept = okb_keep_repeated(n, okb_buf_span(&joined));
    okb_buf_free(&joined);
    return kept;
}

/* ---- words and texts ---------------------------------------------------------------------------------------- */

static void set_word(reading *r, draft *d, size_t row_ix, const column *col, okb_span text)
{
    okb_goal *g = &d->rec.goal;
    if (okb_span_eq(col->as, OKB_S("committed"))) { /* a box that is ticked */
        const word *tick = okb_words_find(r->n->words, W_MILESTONE, text);
        if (tick && tick->number == 1 && !g->ambition)
            g->ambition = OKB_COMMITTED;
        if (tick)
            return;
    }
    const word *w = okb_words_find(r->n->words, okb_field_family(col->f), text);
    if (!w && col->f == F_STATUS)
        w = okb_words_find_head(r->n->words, W_STATUS, text);
    if (!w) {
        static const char *const unknown[] = {"level not known", "kind not known", "direction not known",
                                              "ambition not known", "status not known"};
        int at = col->f == F_LEVEL       ? 0
                 : col->f == F_KIND      ? 1
                 : col->f == F_DIRECTION ? 2
                 : col->f == F_AMBITION  ? 3
                                         : 4;
        if (col->f == F_STATUS)
            d->unknown_status = text;
        else if (col->f != F_ACTION)
            okb_cell_problem(r, d, row_ix, col, text, unknown[at]);
        return;
    }
    switch ((int)col->f) {
    case F_LEVEL:
        if (!g->level)
            g->level = (okb_level)w->code;
        break;
    case F_KIND:
        if (okb_span_eq(col->as, OKB_S("custom")) && w->code == (int)OKB_INITIATIVE) {
            d->says_kind = false; /* the product's word for any item */
            return;
        }
        d->says_kind = w->code != 0;
        if (!g->kind)
            g->kind = (okb_kind)w->code;
        break;
    case F_DIRECTION: {
        okb_direction direction = (okb_direction)w->code;
        /* An operator says which way is good of a metric that still runs from its start to its target. */
        if (okb_span_eq(col->as, OKB_S("operator")))
            direction = direction == OKB_AT_LEAST ? OKB_INCREASE : direction == OKB_AT_MOST ? OKB_DECREASE : direction;
        okb_goal_direction(g, direction);
        break;
    }
    case F_AMBITION:
        if (!g->ambition)
            g->ambition = (okb_ambition)w->code;
        break;
    case F_STATUS:
        if (!g->status)
            g->status = (okb_status)w->code;
        break;
    case F_ACTION:
        d->is_deleted = okb_span_eq(w->text, OKB_S("delete"));
        break;
    default:
        break;
    }
}

/* Several teams: the first is the goal's; the rest is said in the log. */
static void set_team(reading *r, draft *d, size_t row_ix, const column *col, okb_span text)
{
    bool is_specific = okb_span_eq(col->as, OKB_S("specific")), is_company = okb_span_eq(col->as, OKB_S("company"));
    if (d->rec.team.n && !is_specific)
        return;
    text = okb_without_link(text);
    const word *level = okb_words_find(r->n->words, W_LEVEL, text);
    if (okb_span_eq(col->as, OKB_S("entity")) && level && level->code == (int)OKB_INDIVIDUAL) /* of no team */
        return;
    if (is_company || is_specific)
        d->rec.goal.level = is_company ? OKB_COMPANY : OKB_LEVEL_NONE;
    bool is_list = okb_span_eq(col->as, OKB_S("list"));
    size_t end = 0;
    while (end < text.n && text.p[end] != ';' && text.p[end] != '\n' && !(is_list && text.p[end] == ','))
        end++;
    if (end < text.n)
        okb_account_repair(r, "several teams in a cell, the first is taken", r->table->rows[row_ix].line);
    d->rec.team = okb_keep_repeated(r->n, okb_span_trim(okb_span_sub(text, 0, end)));
}

/* The line that names what blocks, for the blocker's own field; *out_line is the whole line. */
static okb_span blocker_of(words *w, okb_span text, okb_span *out_line)
{
    okb_span rest = text;
    while (rest.n) {
        okb_span line = okb_span_cut(&rest, '\n');
        okb_span tail = okb_span_trim(line), head = okb_span_cut(&tail, ':');
        const word *mark = tail.n ? okb_words_find(w, W_CHECKIN, okb_span_trim(head)) : NULL;
        if (mark && okb_span_eq(mark->text, OKB_S("blocker"))) {
            *out_line = line;
            return okb_span_trim(tail);
        }
    }
    return (okb_span){NULL, 0};
}

okb_span okb_keep_comment(okb_normalizer *n, okb_span text, okb_span *blocker)
{
    if (blocker && blocker->n == 0 && memchr(text.n ? text.p : "", ':', text.n)) {
        okb_span line = {NULL, 0}, found = blocker_of(n->words, text, &line);
        if (found.n) {
            *blocker = okb_keep_text(n, found, true);
            okb_span before = okb_span_trim((okb_span){text.p, (size_t)(line.p - text.p)});
            const char *end = line.p + line.n;
            okb_span after = okb_span_trim((okb_span){end, (size_t)(text.p + text.n - end)});
            if (before.n && after.n) {
                okb_span joined = okb_arena_printf(&n->stage, "%.*s\n%.*s", OKB_FMT(before), OKB_FMT(after));
                return okb_keep_text(n, joined, true);
            }
            if (before.n || after.n) /* a comment that is nothing else stays what it is */
                text = before.n ? before : after;
        }
    }
    return okb_keep_text(n, text, true);
}

static okb_span unescape_lines(okb_arena *scratch, okb_span text)
{
    char *out = okb_arena_alloc(scratch, text.n + 1, 1);
    size_t n = 0;
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '\\' && i + 1 < text.n && text.p[i + 1] == 'n') {
            out[n++] = '\n';
            i++;
        } else {
            out[n++] = text.p[i];
        }
    }
    return (okb_span){out, n};
}

static void set_text(okb_normalizer *n, okb_span *slot, okb_span text)
{
    if (slot->n == 0)
        *slot = okb_keep_text(n, text, true);
}

static bool is_damaged_id(okb_span text)
{
    size_t e = okb_span_find(text, OKB_S("E+"));
    if (e == SIZE_MAX || e == 0)
        return false;
    for (size_t i = 0; i < text.n; i++)
        if (i != e && i != e + 1 && !(text.p[i] >= '0' && text.p[i] <= '9') && text.p[i] != '.' && text.p[i] != ',')
            return false;
    return true;
}

void okb_draft_ref(draft *d, okb_span text, ref_kind kind, bool is_child, bool is_alternate)
{
    if (d->n_refs < DRAFT_REFS)
        d->refs[d->n_refs++] =
            (ref){.text = text, .kind = kind, .record = OKB_NONE, .is_child = is_child, .is_alternate = is_alternate};
}

/* The quarter in one column and the year in another are one cycle; a bare 3 under "Quarter" is the third. */
static void set_cycle(okb_normalizer *n, draft *d, const column *col, okb_span text)
{
    const word *length =
        text.n == 1 && text.p[0] >= '1' && text.p[0] <= '4' ? okb_words_find(n->words, W_CYCLE, col->header) : NULL;
    if (length && length->number == 3)
        text = okb_arena_printf(&n->stage, "Q%c", text.p[0]);
    if (d->rec.cycle.n) {
        okb_cycle both;
        text = okb_arena_printf(&n->stage, "%.*s %.*s", OKB_FMT(d->rec.cycle), OKB_FMT(text));
        if (!okb_cycle_parse(text, 1, &n->stage, &both) || both.months == 1)
            return;
    }
    d->rec.cycle = okb_keep_repeated(n, text);
}

static void set_id(reading *r, draft *d, size_t row_ix, const column *col, okb_span text)
{
    okb_normalizer *n = r->n;
    okb_goal *g = &d->rec.goal;
    if (col->f == F_ID) {
        if (is_damaged_id(text)) {
            okb_account_repair(r, "id damaged by a spreadsheet, not used", r->table->rows[row_ix].line);
            return;
        }
        if (g->id.n == 0)
            g->id = okb_keep_text(n, text, false);
        return;
    }
    if (d->rec.row_ref.n == 0)
        d->rec.row_ref = okb_keep_text(n, text, false);
    if (col->f == F_OUTLINE) {
        size_t dot = text.n;
        while (dot > 0 && text.p[dot - 1] != '.')
            dot--;
        if (dot > 1)
            okb_draft_ref(d, okb_keep_text(n, okb_span_sub(text, 0, dot - 1), false), REF_ROW, false, false);
    }
}

void okb_cell_apply(reading *r, draft *d, size_t row_ix, const column *col, okb_span text)
{
    bool is_alternate = okb_span_eq(col->as, OKB_S("same"));
    okb_normalizer *n = r->n;
    okb_goal *g = &d->rec.goal;
    d->is_used = true;
    switch (okb_field_type_of(col->f)) {
    case T_NUMBER:
        if (col->f == F_WEIGHT) {
            number figure;
            if (!okb_number_read(n->words, text, col->decimal, &figure))
                okb_cell_problem(r, d, row_ix, col, text, "number not understood");
            else if (isnan(g->weight))
                g->weight = figure.is_percent ? figure.value / 100 : figure.value;
            return;
        }
        okb_cell_number(r, d, row_ix, col, text);
        return;
    case T_SHARE:
        okb_cell_share(r, d, row_ix, col, text);
        return;
    case T_DATE:
        okb_cell_date(r, d, row_ix, col, text);
        return;
    case T_WORD:
        set_word(r, d, row_ix, col, text);
        return;
    case T_TEXT:
    case T_REF:
    case T_CELL:
    case T_NONE:
        break;
    }
    switch ((int)col->f) {
    case F_TITLE:
        text = okb_without_link(text);
        if (g->title.n == 0 && !okb_words_find(n->words, W_TITLE, text)) {
            g->title = okb_keep_text(n, text, false);
            d->title_raw = text;
        }
        break;
    case F_ID:
    case F_ROW_ID:
    case F_OUTLINE:
        set_id(r, d, row_ix, col, text);
        break;
    case F_PARENT:
        okb_draft_ref(d, okb_keep_text(n, text, true), REF_ANY, false, is_alternate);
        break;
    case F_PARENT_ROW:
        okb_draft_ref(d, okb_keep_text(n, text, true), REF_ROW, false, is_alternate);
        break;
    case F_CHILDREN:
        okb_draft_ref(d, okb_keep_text(n, text, true), REF_ANY, true, false);
        break;
    case F_TEAM:
        set_team(r, d, row_ix, col, text);
        break;
    case F_CYCLE:
        set_cycle(n, d, col, okb_without_link(text));
        break;
    case F_OWNER:
        if (g->owner.n == 0)
            g->owner = read_people(r, col, text, &g->n_owners);
        break;
    case F_CREATOR: {
        uint32_t ignored;
        if (g->creator.n == 0)
            g->creator = read_people(r, col, text, &ignored);
        break;
    }
    case F_UNIT: {
        const word *metric = okb_words_find(n->words, W_METRIC, text);
        if (metric && okb_span_eq(metric->text, OKB_S("milestone")))
            okb_goal_milestone(g);
        else
            okb_cell_unit(d, metric ? metric->text : text, n);
        break;
    }
    case F_PRIORITY:
        if (g->priority.n == 0)
            g->priority = okb_keep_repeated(n, text);
        break;
    case F_DESCRIPTION:
        if (okb_span_eq(col->as, OKB_S("escaped")))
            text = unescape_lines(&r->row, text);
        set_text(n, &g->description, text);
        break;
    case F_COMMENT:
        if (g->comment.n == 0)
            g->comment = okb_keep_comment(n, text, &g->blocker);
        break;
    case F_CHECKIN_NOTE:
        d->checkin_note = text;
        if (g->comment.n == 0)
            g->comment = okb_keep_comment(n, text, &g->blocker);
        break;
    case F_BLOCKER:
        set_text(n, &g->blocker, text);
        break;
    case F_PHASES:
        okb_cell_phases(r, d, row_ix, col, text);
        break;
    case F_IGNORE:
        set_text(n, &g->ignore, text);
        break;
    case F_SECTION:
        d->section = text;
        break;
    default:
        break;
    }
}
