/* The formats, as rows of a table, and the palettes. Colours: Okabe and Ito's set, contrast held by a test. */
#include "book.h"

#include <math.h>

const okb_look okb_looks[OKB_STATUS_LOOKS] = {
    [OKB_LOOK_NO_DATA] = {"○", "○ No data", {0xE5E7EB, 0xE5E7EB}, {0x1F2933, 0x1F2933}},
    [OKB_LOOK_TOO_EARLY] = {"◇", "◇ Too early", {0xE5E7EB, 0xE5E7EB}, {0x1F2933, 0x1F2933}},
    [OKB_LOOK_ON_TRACK] = {"▲", "▲ On track", {0x0072B2, 0x1E7B3C}, {0xFFFFFF, 0xFFFFFF}},
    [OKB_LOOK_AT_RISK] = {"●", "● At risk", {0xE69F00, 0xF2B134}, {0x000000, 0x000000}},
    [OKB_LOOK_OFF_TRACK] = {"▼", "▼ Off track", {0xD55E00, 0xC0262D}, {0x000000, 0xFFFFFF}},
    [OKB_LOOK_DONE] = {"✓", "✓ Done", {0x0072B2, 0x1E7B3C}, {0xFFFFFF, 0xFFFFFF}},
    [OKB_LOOK_MISSED] = {"✕", "✕ Missed", {0xD55E00, 0xC0262D}, {0x000000, 0xFFFFFF}},
};

okb_status_look okb_look_of_pace(okb_pace pace)
{
    switch (pace) {
    case OKB_PACE_TOO_EARLY:
        return OKB_LOOK_TOO_EARLY;
    case OKB_PACE_ON_TRACK:
        return OKB_LOOK_ON_TRACK;
    case OKB_PACE_AT_RISK:
        return OKB_LOOK_AT_RISK;
    case OKB_PACE_OFF_TRACK:
        return OKB_LOOK_OFF_TRACK;
    case OKB_PACE_DONE:
        return OKB_LOOK_DONE;
    case OKB_PACE_MISSED:
        return OKB_LOOK_MISSED;
    case OKB_PACE_NO_DATA:
        break;
    }
    return OKB_LOOK_NO_DATA;
}

const char *okb_status_words(okb_status status)
{
    switch (status) {
    case OKB_NOT_STARTED:
        return "◇ Not started";
    case OKB_IN_PROGRESS:
        return "◆ In progress";
    case OKB_ON_TRACK:
        return okb_looks[OKB_LOOK_ON_TRACK].words;
    case OKB_AT_RISK:
        return okb_looks[OKB_LOOK_AT_RISK].words;
    case OKB_OFF_TRACK:
        return okb_looks[OKB_LOOK_OFF_TRACK].words;
    case OKB_DONE:
        return okb_looks[OKB_LOOK_DONE].words;
    case OKB_MISSED:
        return okb_looks[OKB_LOOK_MISSED].words;
    case OKB_CANCELLED:
        return "– Cancelled";
    case OKB_POSTPONED:
        return "– Postponed";
    case OKB_STATUS_NONE:
        break;
    }
    return "";
}

static const okb_palette palettes[2] = {
    {{0xF7CBAE, 0xFBE5B6, 0xB3D6EC}, {0x0072B2, 0xA3ABB5, 0xE69F00}},
    {{0xF4BFC1, 0xFCE6B3, 0xBFE3CB}, {0x12355B, 0xA3ABB5, 0xF2B134}},
};

const okb_palette *okb_palette_of(bool is_rag)
{
    return &palettes[is_rag];
}

static double luminance(uint32_t colour)
{
    static const double weight[3] = {0.2126, 0.7152, 0.0722};
    double sum = 0;
    for (int i = 0; i < 3; i++) {
        double c = (colour >> (16 - 8 * i) & 0xFF) / 255.0;
        sum += weight[i] * (c <= 0.03928 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4));
    }
    return sum;
}

double okb_colour_contrast(uint32_t a, uint32_t b)
{
    double x = luminance(a), y = luminance(b);
    return (fmax(x, y) + 0.05) / (fmin(x, y) + 0.05);
}

/* ---- formats ---- */

enum look_flag {
    BOLD = 1,
    WRAP = 2,
    RIGHT = 4,
    CENTRE = 8,
    RULE = 16,        /* hairline below */
    RULE_STRONG = 32, /* darker line below */
    RULE_ABOVE = 64,
    MIDDLE = 128,
    UNDERLINE = 256,
    BOTTOM = 512,
    LEFT = 1024,
    LIGHT = 2048 /* not bold in headings either */
};

typedef struct style_def {
    double size;
    uint32_t ink;
    uint32_t fill; /* 0: none */
    unsigned flags;
    uint8_t indent;
    const char *number; /* number format; NULL: general */
} style_def;

#define BODY 10
static const char score_format[] = "0.00_)";
static const char delta_format[] = "+0.00_);\"−\"0.00_);0.00_)";
static const char trend_format[] = "\"▲\" 0.00_);\"▼\" 0.00_);\"–\"_)";
static const char rate_format[] = "0%_)";
static const char count_format[] = "#,##0_)";
static const char number_format[] =
    "[>=10000]#,##0_);General_)"; /* as many decimals as it has, grouped where it is long */
static const char short_format[] = "[>=1]#,##0.00_);[<=-1]-#,##0.00_);0.0000_)";
static const char day_format[] = "yyyy-mm-dd_)";

static const style_def defs[OKB_STYLES] = {
    [OKB_STYLE_TITLE] = {18, OKB_ACCENT, 0, BOLD | MIDDLE, 0, NULL},
    [OKB_STYLE_NOTE] = {BODY, OKB_INK_MUTED, 0, MIDDLE, 0, NULL},
    [OKB_STYLE_HEADLINE] = {14, OKB_INK, 0, BOLD | MIDDLE, 0, NULL},
    [OKB_STYLE_SUBHEAD] = {12, OKB_INK, 0, MIDDLE, 0, NULL},
    [OKB_STYLE_SECTION] = {12, OKB_ACCENT, 0, BOLD | BOTTOM, 0, NULL},
    [OKB_STYLE_TILE_LABEL] = {BODY, OKB_INK_MUTED, OKB_TILE, MIDDLE | LEFT, 1, NULL},
    [OKB_STYLE_TILE_NUMBER] = {18, OKB_ACCENT, OKB_TILE, BOLD | MIDDLE | LEFT, 1, score_format},
    [OKB_STYLE_TILE_TEXT] = {18, OKB_ACCENT, OKB_TILE, BOLD | MIDDLE | LEFT, 1, NULL},
    [OKB_STYLE_TILE_NOTE] = {9, OKB_INK_MUTED, OKB_TILE, MIDDLE | LEFT, 1, NULL},
    [OKB_STYLE_HEADER] = {BODY, OKB_ACCENT, 0, BOLD | WRAP | BOTTOM | RULE_STRONG, 0, NULL},
    [OKB_STYLE_HEADER_INDENT] = {BODY, OKB_ACCENT, 0, BOLD | WRAP | BOTTOM | RULE_STRONG | LEFT, 1, NULL},
    [OKB_STYLE_HEADER_RIGHT] = {BODY, OKB_ACCENT, 0, BOLD | WRAP | BOTTOM | RULE_STRONG | RIGHT, 1, NULL},
    [OKB_STYLE_HEADER_CENTRE] = {BODY, OKB_ACCENT, 0, BOLD | WRAP | BOTTOM | RULE_STRONG | CENTRE, 0, NULL},
    [OKB_STYLE_HEADER_LINE] = {BODY, OKB_ACCENT, 0, BOLD | BOTTOM | RULE_STRONG, 0, NULL},
    [OKB_STYLE_TEXT] = {BODY, OKB_INK, 0, RULE | MIDDLE, 0, NULL},
    [OKB_STYLE_TEXT_WRAP] = {BODY, OKB_INK, 0, RULE | MIDDLE | WRAP, 0, NULL},
    [OKB_STYLE_TEXT_CENTRE] = {BODY, OKB_INK, 0, RULE | MIDDLE | CENTRE, 0, NULL},
    [OKB_STYLE_TEXT_RIGHT] = {BODY, OKB_INK, 0, RULE | MIDDLE | WRAP | RIGHT, 1, NULL},
    [OKB_STYLE_ABSENT] = {BODY, OKB_INK_MUTED, 0, RULE | MIDDLE | RIGHT, 1, NULL},
    [OKB_STYLE_TEXT_LINE] = {BODY, OKB_INK, 0, RULE | MIDDLE | LEFT, 1, NULL},
    [OKB_STYLE_TEXT_INDENT] = {BODY, OKB_INK, 0, RULE | MIDDLE | WRAP | LEFT, 1, NULL},
    [OKB_STYLE_TEXT_INDENT2] = {BODY, OKB_INK, 0, RULE | MIDDLE | WRAP | LEFT, 2, NULL},
    [OKB_STYLE_TEXT_INDENT3] = {BODY, OKB_INK, 0, RULE | MIDDLE | WRAP | LEFT, 3, NULL},
    [OKB_STYLE_TEXT_INDENT4] = {BODY, OKB_INK, 0, RULE | MIDDLE | WRAP | LEFT, 4, NULL},
    [OKB_STYLE_REMARK] = {BODY, OKB_INK, 0, RULE | MIDDLE | WRAP | LIGHT, 0, NULL},
    [OKB_STYLE_REMARK_INDENT] = {BODY, OKB_INK, 0, RULE | MIDDLE | WRAP | LEFT | LIGHT, 1, NULL},
    [OKB_STYLE_LINK] = {BODY, OKB_INK_LINK, 0, RULE | MIDDLE | UNDERLINE, 0, NULL},
    [OKB_STYLE_LINK_WRAP] = {BODY, OKB_INK_LINK, 0, RULE | MIDDLE | UNDERLINE | WRAP, 0, NULL},
    [OKB_STYLE_NUMBER] = {BODY, OKB_INK, 0, RULE | MIDDLE | RIGHT, 0, number_format},
    [OKB_STYLE_NUMBER_LEFT] = {BODY, OKB_INK, 0, RULE | MIDDLE | LEFT, 1, number_format},
    [OKB_STYLE_COUNT] = {BODY, OKB_INK, 0, RULE | MIDDLE | RIGHT, 0, count_format},
    [OKB_STYLE_SCORE] = {BODY, OKB_INK, 0, RULE | MIDDLE | RIGHT, 0, score_format},
    [OKB_STYLE_DELTA] = {BODY, OKB_INK, 0, RULE | MIDDLE | RIGHT, 0, delta_format},
    [OKB_STYLE_TREND] = {BODY, OKB_INK, 0, RULE | MIDDLE | RIGHT, 0, trend_format},
    [OKB_STYLE_RATE] = {BODY, OKB_INK, 0, RULE | MIDDLE | RIGHT, 0, rate_format},
    [OKB_STYLE_DAY] = {BODY, OKB_INK, 0, RULE | MIDDLE | RIGHT, 0, day_format},
    [OKB_STYLE_STATUS] = {BODY, OKB_INK, 0, RULE | MIDDLE | CENTRE, 0, NULL},
    [OKB_STYLE_HEAT] = {9, OKB_INK, 0, RULE | MIDDLE | CENTRE, 0, score_format},
    [OKB_STYLE_INPUT] = {BODY, OKB_INK_INPUT, 0, RULE | MIDDLE | RIGHT, 0, number_format},
    [OKB_STYLE_INPUT_SHORT] = {BODY, OKB_INK_INPUT, 0, RULE | MIDDLE | RIGHT, 0, short_format},
    [OKB_STYLE_INPUT_DAY] = {BODY, OKB_INK_INPUT, 0, RULE | MIDDLE | RIGHT, 0, day_format},
    [OKB_STYLE_PLAIN_TEXT] = {BODY, OKB_INK, 0, MIDDLE, 0, NULL},
    [OKB_STYLE_PLAIN_LINE] = {BODY, OKB_INK, 0, MIDDLE | LEFT, 1, NULL},
    [OKB_STYLE_PLAIN_WRAP] = {BODY, OKB_INK, 0, WRAP | MIDDLE, 0, NULL},
    [OKB_STYLE_PLAIN_INDENT] = {BODY, OKB_INK, 0, WRAP | MIDDLE | LEFT, 1, NULL},
    [OKB_STYLE_PLAIN_NUMBER] = {BODY, OKB_INK, 0, RIGHT | MIDDLE, 0, number_format},
    [OKB_STYLE_PLAIN_COUNT] = {BODY, OKB_INK, 0, RIGHT | MIDDLE, 0, count_format},
    [OKB_STYLE_PLAIN_SCORE] = {BODY, OKB_INK, 0, RIGHT | MIDDLE, 0, score_format},
    [OKB_STYLE_PLAIN_RATE] = {BODY, OKB_INK, 0, RIGHT | MIDDLE, 0, rate_format},
    [OKB_STYLE_PLAIN_DAY] = {BODY, OKB_INK, 0, RIGHT | MIDDLE, 0, day_format},
    [OKB_STYLE_LINK_PLAIN] = {BODY, OKB_INK_LINK, 0, MIDDLE | UNDERLINE, 0, NULL},
    [OKB_STYLE_FIGURE_LABEL] = {BODY, OKB_INK_MUTED, 0, MIDDLE | LEFT, 2, NULL},
    [OKB_STYLE_FIGURE_TEXT] = {BODY, OKB_INK, 0, MIDDLE | RIGHT, 1, NULL},
    [OKB_STYLE_TOTAL_TEXT] = {BODY, OKB_INK, 0, BOLD | RULE_ABOVE | MIDDLE, 0, NULL},
    [OKB_STYLE_TOTAL_COUNT] = {BODY, OKB_INK, 0, BOLD | RULE_ABOVE | MIDDLE | RIGHT, 0, count_format},
    [OKB_STYLE_TOTAL_SCORE] = {BODY, OKB_INK, 0, BOLD | RULE_ABOVE | MIDDLE | RIGHT, 0, score_format},
};

static lxw_format *format_make(okb_book *book, const style_def *def, okb_tone tone)
{
    lxw_format *f = workbook_add_format(book->workbook);
    if (!f) {
        okb_book_check(book, LXW_ERROR_MEMORY_MALLOC_FAILED, NULL, "make a cell format");
        return NULL;
    }
    format_set_font_name(f, OKB_FONT);
    format_set_font_size(f, def->size);
    bool is_link = def->flags & UNDERLINE;
    format_set_font_color(f, tone == OKB_TONE_MUTED && !is_link ? OKB_INK_MUTED : def->ink);
    if (def->flags & BOLD || (tone == OKB_TONE_HEADING && !is_link && !(def->flags & LIGHT)))
        format_set_bold(f);
    if (is_link)
        format_set_underline(f, LXW_UNDERLINE_SINGLE);
    uint32_t fill = tone == OKB_TONE_HEADING ? OKB_BAND : def->fill;
    if (fill) {
        format_set_pattern(f, LXW_PATTERN_SOLID);
        format_set_bg_color(f, fill);
    }
    if (def->flags & WRAP)
        format_set_text_wrap(f);
    if (def->flags & RIGHT)
        format_set_align(f, LXW_ALIGN_RIGHT);
    else if (def->flags & CENTRE)
        format_set_align(f, LXW_ALIGN_CENTER);
    else if (def->flags & LEFT)
        format_set_align(f, LXW_ALIGN_LEFT);
    if (def->flags & MIDDLE)
        format_set_align(f, LXW_ALIGN_VERTICAL_CENTER);
    if (def->indent)
        format_set_indent(f, def->indent);
    if (def->flags & RULE_STRONG || (def->flags & RULE && tone != OKB_TONE_OPEN)) {
        format_set_bottom(f, LXW_BORDER_THIN);
        format_set_bottom_color(f, def->flags & RULE_STRONG ? OKB_RULE_STRONG : OKB_RULE);
    }
    if (def->flags & RULE_ABOVE) {
        format_set_top(f, LXW_BORDER_THIN);
        format_set_top_color(f, OKB_RULE_STRONG);
    }
    if (def->number)
        format_set_num_format(f, def->number);
    return f;
}

static lxw_format *coloured(okb_book *book, uint32_t fill, uint32_t ink)
{
    lxw_format *f = workbook_add_format(book->workbook);
    if (!f) {
        okb_book_check(book, LXW_ERROR_MEMORY_MALLOC_FAILED, NULL, "make a cell format");
        return NULL;
    }
    format_set_font_color(f, ink);
    format_set_pattern(f, LXW_PATTERN_SOLID);
    format_set_bg_color(f, fill);
    return f;
}

bool okb_style_wraps(okb_style style)
{
    return defs[style].flags & WRAP;
}

uint32_t okb_style_indent(okb_style style)
{
    return defs[style].indent;
}

void okb_styles_make(okb_book *book)
{
    for (int style = 0; style < OKB_STYLES; style++)
        for (int tone = 0; tone < OKB_TONES; tone++)
            book->formats[style][tone] = format_make(book, &defs[style], (okb_tone)tone);
    bool is_rag = book->set.is_rag;
    for (int i = 0; i < OKB_STATUS_LOOKS; i++)
        book->status_formats[i] = coloured(book, okb_looks[i].fill[is_rag], okb_looks[i].ink[is_rag]);
    const okb_palette *palette = okb_palette_of(is_rag);
    for (int i = 0; i < 3; i++)
        book->tint_formats[i] = coloured(book, palette->tint[i], OKB_INK);
    book->tint_formats[3] = coloured(book, OKB_TINT_GREY, OKB_INK);
}
