/*
 * Writes goals.csv and checkins.csv of a company of any size, the same in every run: for measuring, not for looking at.
 * The columns, spellings and share of gaps are those of tracker exports: mixed dates and numbers, statuses in any case, orphans,
 * line breaks in notes.
 *
 * usage: gen GOALS CHECKINS TEAMS FOLDER
 */
#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- chance --------------------------------------------------------------------------------------------------- */

/* SplitMix64 (Steele, Lea, Flood 2014). */
static uint64_t state;

static uint64_t mix(uint64_t z)
{
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

/* 0 .. n-1 */
static uint32_t below(uint32_t n)
{
    return (uint32_t)(((mix(state += UINT64_C(0x9E3779B97F4A7C15)) >> 32) * n) >> 32);
}

static int one_in(uint32_t n)
{
    return below(n) == 0;
}

#define COUNT(list) ((uint32_t)(sizeof(list) / sizeof *(list)))
#define PICK(list) ((list)[below(COUNT(list))])

/* ---- words ---------------------------------------------------------------------------------------------------- */

static const char *const verbs[] = {"Raise",   "Lift",    "Lower",     "Shorten", "Widen",      "Win back",  "Keep",
                                    "Open",    "Write",   "Set up",    "Move",    "Replace",    "Prepare",   "Host",
                                    "Visit",   "Explore", "Look into", "Improve", "Strengthen", "Help with", "Finish",
                                    "Publish", "Test",    "Rework",    "Teach",   "Recruit",    "Bring",     "Double",
                                    "Halve",   "Support", "Continue",  "Plan",    "Organize",   "Discuss",   "Measure",
                                    "Grow",    "Deliver", "Launch",    "Reduce",  "Increase"};
static const char *const things[] = {"repeat orders of breweries",
                                     "share of repairs that hold",
                                     "time from call to visit",
                                     "days until the first reading",
                                     "readers of the monthly letter",
                                     "the calibration bench",
                                     "the spare-parts catalogue",
                                     "open tickets older than a week",
                                     "days to close the books",
                                     "answers to the staff survey",
                                     "unplanned stops of line two",
                                     "weeks to fill a position",
                                     "on-time parts from suppliers",
                                     "visitors who ask for a quote",
                                     "the move of the old archive",
                                     "people trained on the lab desk",
                                     "margin on reagents",
                                     "calls solved by the first person",
                                     "customers who would recommend us",
                                     "seconds until a page opens",
                                     "farms that leave in a year",
                                     "scrap of the glass shop",
                                     "accuracy of the spring forecast",
                                     "stock that nobody ordered",
                                     "the dealers' programme",
                                     "power used per instrument",
                                     "parcels that arrive whole",
                                     "manuals in plain language",
                                     "the weekly round with sales",
                                     "hours spent on rework",
                                     "contracts renewed early",
                                     "the bill for rented servers",
                                     "screens that work without a mouse",
                                     "the new price list",
                                     "offers behind next year's plan",
                                     "cost of a new customer",
                                     "accidents in the works",
                                     "hours of training a head",
                                     "open points of the audit",
                                     "restores tried and timed",
                                     "the feel of the casing",
                                     "mood in the team"};
static const char *const places[] = {
    "in the northern region", "for waterworks",           "at the Tarn plant",
    "for new colleagues",     "on the customer pages",    "with the ten largest buyers",
    "for the Malmö office",   "in Spain & Portugal",      "in the café trade",
    "together with finance",  "for <in-house> use",       "without more people",
    "and keep what works",    "and save time for others", "where it is needed",
    "as far as we can",       "across the house"};
static const char *const ends[] = {
    "by the end of Q1",   "by the end of Q2", "by the end of Q3", "by the end of Q4", "by 30 June 2024",
    "by December 2024",   "before the fair",  "by 2024-09-30",    "this year",        "soon",
    "in the second half", "within 60 days",   "all the time"};
static const char *const means[] = {"by handing over once instead of twice",
                                    "with a look at it every Monday",
                                    "by trying three small changes",
                                    "through the dealers",
                                    "by hiring two technicians",
                                    "with better notes",
                                    "by dropping the slowest step",
                                    "with a small group",
                                    "and so on",
                                    "by teaching it to all",
                                    "by moving nine services"};
static const char *const units[] = {"%",      "EUR",    "USD", "hours",   "days",  "visits",
                                    "points", "people", "ms",  "parcels", "k EUR", ""};
static const char *const given[] = {"Ada",  "Bo",  "Cléa", "Dag",  "Edda", "Fitz",  "Gry",  "Hana",
                                    "Ivo",  "Jun", "Kaja", "Levi", "Mira", "Nils",  "Oda",  "Piet",
                                    "Ruth", "Søs", "Teo",  "Una",  "Vito", "Wanda", "Yara", "Zoé"};
static const char *const family[] = {"Lund", "Ek",     "Marín",   "O'Hara", "Petit",  "Conti", "Nowak",  "Tran",
                                     "Berg", "Costa",  "Petrova", "Sato",   "Khoury", "Horák", "Reed",   "Adeyemi",
                                     "Roux", "de Wit", "Hill",    "Desai",  "Park",   "Vega",  "Möller", "Aydın"};
static const char *const rooms[] = {"Service", "Works",   "Sales", "Finance", "People",
                                    "Lab",     "Parcels", "Care",  "Product", "Law"};
static const char *const goal_states[] = {"On track",    "on track", "ON TRACK", "At risk",   "at-risk", "Off track",
                                          "Not started", "Done",     "done",     "Completed", "Behind",  "Cancelled"};
static const char *const levels[] = {"Company", "Department", "Team", "Individual"};
static const char *const kinds[] = {"Objective", "Key Result", "KPI", "Initiative"};
static const char *const cycles[] = {"2023 Q3", "2023 Q4", "2024 Q1", "2024 Q2",
                                     "2024 Q3", "2024 Q4", "FY2024",  "H1 2024"};
static const char *const priorities[] = {"High", "Medium", "Low", "P1", "P2", ""};
static const char *const tags[] = {"growth", "cost;quality", "people", "safety;audit", "customer", "", "", "new;old"};
static const char *const confidences[] = {"High", "Medium", "Low", "0.7", "0.4", "75%", "", "7/10"};
static const char *const checkin_states[] = {"On track", "At risk", "Off track", "on track", "Done", ""};
static const char *const notes[] = {"As planned",
                                    "Nothing new this week",
                                    "Late, the supplier sent the wrong glass",
                                    "Two more farms signed",
                                    "Waiting for an answer from law",
                                    "Three of eight sites are done",
                                    "The count was wrong, put right after the audit",
                                    "Going well",
                                    "Half the team was away",
                                    "The move of the archive holds us up",
                                    "All visits made",
                                    "New start value, agreed with finance",
                                    "We expect less than we did",
                                    "First meeting held",
                                    "The second design sells 4% more",
                                    "We need a hand from the lab",
                                    "The money is there",
                                    "Two stops cost us a day",
                                    "Hard to find people",
                                    "Première étape finie, merci à tous",
                                    "Größere Verspätung beim Glas",
                                    "目標を見直しました"};

/* ---- fields --------------------------------------------------------------------------------------------------- */

static void put_text(FILE *out, const char *text)
{
    if (!strpbrk(text, ",\"\n")) {
        fputs(text, out);
        return;
    }
    putc('"', out);
    for (; *text; text++) {
        if (*text == '"')
            putc('"', out);
        putc(*text, out);
    }
    putc('"', out);
}

/* Days since 2023-01-01 as year, month, day. */
static void split_day(uint32_t day, int *year, int *month, int *mday)
{
    static const uint32_t lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int y = 2023, m = 0;
    for (;;) {
        uint32_t n = lengths[m] + (m == 1 && y % 4 == 0);
        if (day < n)
            break;
        day -= n;
        if (++m == 12) {
            m = 0;
            y++;
        }
    }
    *year = y;
    *month = m + 1;
    *mday = (int)day + 1;
}

/* 0: 2024-06-30, 1: 06/30/2024, 2: 30 Jun 2024 */
static void put_day(FILE *out, uint32_t day, uint32_t style)
{
    static const char *const names[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    int year, month, mday;
    split_day(day, &year, &month, &mday);
    if (style == 0)
        fprintf(out, "%04d-%02d-%02d", year, month, mday);
    else if (style == 1)
        fprintf(out, "%02d/%02d/%04d", month, mday, year);
    else
        fprintf(out, "%d %s %04d", mday, names[month - 1], year);
}

/* 0 to 2: that many decimals; 3: grouped thousands; 4: a percentage */
static void put_number(FILE *out, double value, uint32_t style)
{
    char text[64];
    long whole = (long)value;
    if (style <= 2)
        snprintf(text, sizeof text, "%.*f", (int)style, value);
    else if (style == 3 && whole >= 1000)
        snprintf(text, sizeof text, "%ld,%03ld", whole / 1000, whole % 1000);
    else
        snprintf(text, sizeof text, style == 4 ? "%.0f%%" : "%.0f", value);
    put_text(out, text);
}

typedef struct text {
    char p[512];
    size_t n;
} text;

__attribute__((format(printf, 2, 3))) static void add(text *t, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    int n = vsnprintf(t->p + t->n, sizeof t->p - t->n, fmt, ap);
    va_end(ap);
    if (n > 0)
        t->n = t->n + (size_t)n < sizeof t->p ? t->n + (size_t)n : sizeof t->p - 1;
}

/* Each owner has one name wherever they stand. */
static void add_owner(text *t, uint32_t owner, int family_first)
{
    const char *first = given[mix(owner) % COUNT(given)], *last = family[mix(owner + 1000003ULL) % COUNT(family)];
    if (family_first)
        add(t, "%s, %s", last, first);
    else
        add(t, "%s %s", first, last);
}

/* ---- the two files -------------------------------------------------------------------------------------------- */

static void add_statement(text *t, double baseline, double target, const char *percent)
{
    const char *verb = PICK(verbs), *thing = PICK(things);
    uint32_t form = below(10);
    if (form < 5)
        add(t, "%s %s from %.0f%s to %.0f%s", verb, thing, baseline, percent, target, percent);
    else if (form < 7)
        add(t, "%s %s by %" PRIu32 "%%", verb, thing, 5 + below(40));
    else
        add(t, "%s %s", verb, thing);
    if (below(10) < 6)
        add(t, " %s", PICK(places));
    if (below(10) < 6)
        add(t, " %s", PICK(ends));
    while (t->n < 60)
        add(t, "%s%s", one_in(4) ? ", " : " ", PICK(means));
}

static void put_goal(FILE *out, uint32_t ix, uint32_t n_goals, uint32_t n_teams)
{
    const char *unit = PICK(units);
    int is_percent = strcmp(unit, "%") == 0;
    double baseline = is_percent ? below(60) : below(500);
    double target = is_percent ? baseline + 5 + below(35) : baseline * (0.5 + below(200) / 100.0) + 1;
    double current = baseline + (target - baseline) * below(110) / 100.0;
    text t = {.n = 0};

    fprintf(out, "G-%07" PRIu32 ",", ix + 1);
    add_statement(&t, baseline, target, is_percent ? "%" : "");
    put_text(out, t.p);
    putc(',', out);

    t = (text){.n = 0};
    if (!one_in(3)) {
        add(&t, "%s; %s", PICK(means), PICK(notes));
        if (one_in(8))
            add(&t, "\nsee \"sheet %" PRIu32 "\"", below(99));
    }
    put_text(out, t.p);
    putc(',', out);

    uint32_t owner = below(n_goals / 3 + 1);
    t = (text){.n = 0};
    add_owner(&t, owner, one_in(6));
    put_text(out, t.p);
    /* A few teams have most of the goals. */
    uint32_t team = one_in(4) ? below(n_teams / 4 + 1) : below(n_teams);
    fprintf(out, ",person%" PRIu32 "@example.com,%s %s %" PRIu32 ",%s,", owner, rooms[team % COUNT(rooms)],
            team % 3 ? "Team" : "Crew", team + 1, rooms[team % COUNT(rooms)]);
    if (ix > 20 && !one_in(5))
        fprintf(out, "G-%07" PRIu32, below(ix / 5 + 1) + 1);
    fprintf(out, ",%s,%s,%s,", PICK(levels), PICK(kinds), PICK(cycles));

    uint32_t start = below(540), due = start + 30 + below(300), day_style = below(10) < 7 ? 0 : 1 + below(2);
    put_day(out, start, day_style);
    putc(',', out);
    if (!one_in(20))
        put_day(out, due, day_style);

    uint32_t number_style = below(10) < 6 ? below(3) : 3;
    putc(',', out);
    if (!one_in(8))
        put_number(out, baseline, number_style);
    putc(',', out);
    if (!one_in(12))
        put_number(out, target, is_percent && one_in(2) ? 4 : number_style);
    fprintf(out, ",%s,", unit);
    if (!one_in(10))
        put_number(out, current, number_style);
    fprintf(out, ",%" PRIu32 "%s,%s,%s,%" PRIu32 ".%" PRIu32 ",%s,%s,", below(111), one_in(2) ? "%" : "",
            PICK(goal_states), PICK(confidences), below(2), below(10), PICK(priorities), PICK(tags));
    put_day(out, start > 10 ? start - below(10) : start, 0);
    fprintf(out, " %02" PRIu32 ":%02" PRIu32 ",", below(24), below(60));
    put_day(out, start + below(200), 0);
    fprintf(out, "T%02" PRIu32 ":%02" PRIu32 ":%02" PRIu32 "Z\n", below(24), below(60), below(60));
}

static void put_checkin(FILE *out, uint32_t ix, uint32_t n_checkins, uint32_t n_goals)
{
    uint32_t goal = one_in(400) ? n_goals + 1 + below(50) : 1 + below(n_goals); /* some goals are not there */
    uint32_t day = (uint32_t)((uint64_t)ix * 800 / n_checkins);                 /* in the order of time */
    text t = {.n = 0};
    add_owner(&t, below(n_goals / 3 + 1), 0);
    fprintf(out, "C%08" PRIu32 ",G-%07" PRIu32 ",%s,", ix + 1, goal, t.p);
    put_day(out, day, one_in(10) ? 1 : 0);
    putc(',', out);
    if (!one_in(12))
        put_number(out, below(2000) / (one_in(2) ? 7.0 : 1.0), below(10) < 8 ? below(3) : 3 + below(2));
    fprintf(out, ",%s,%s,", PICK(confidences), PICK(checkin_states));

    t = (text){.n = 0};
    if (below(10) < 7) {
        add(&t, "%s", PICK(notes));
        for (uint32_t more = below(4); more > 0 && t.n < 130; more--)
            add(&t, "%s%s", !one_in(6) ? ". " : one_in(2) ? ".\n" : ", ", PICK(notes));
        if (one_in(12))
            add(&t, " (see \"list %" PRIu32 "\")", below(500));
        if (one_in(6))
            add(&t, ", %" PRIu32 "%% done", below(100));
    }
    put_text(out, t.p);
    putc(',', out);
    put_day(out, day, 0);
    fprintf(out, "T%02" PRIu32 ":%02" PRIu32 ":%02" PRIu32 "Z\n", below(24), below(60), below(60));
}

static FILE *open_in(const char *folder, const char *name)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *out = fopen(path, "w");
    if (!out) {
        fprintf(stderr, "gen: cannot write '%s': %s\n", path, strerror(errno));
        exit(1);
    }
    return out;
}

static void close_whole(FILE *out)
{
    if (fclose(out) != 0) {
        fprintf(stderr, "gen: writing failed: %s\n", strerror(errno));
        exit(1);
    }
}

int main(int argc, char **argv)
{
    if (argc != 5) {
        fputs("usage: gen GOALS CHECKINS TEAMS FOLDER\n", stderr);
        return 2;
    }
    uint32_t n_goals = (uint32_t)strtoul(argv[1], NULL, 10), n_checkins = (uint32_t)strtoul(argv[2], NULL, 10);
    uint32_t n_teams = (uint32_t)strtoul(argv[3], NULL, 10);

    FILE *out = open_in(argv[4], "goals.csv");
    fputs("Goal ID,Goal Statement,Description,Owner,Owner Email,Team,Department,Parent Goal ID,Level,Type,Cycle,Start "
          "Date,"
          "Due Date,Baseline,Target,Unit,Current,Progress %,Status,Confidence,Weight,Priority,Tags,Created At,Updated "
          "At\n",
          out);
    state = 20240101;
    for (uint32_t i = 0; i < n_goals; i++)
        put_goal(out, i, n_goals, n_teams);
    close_whole(out);

    out = open_in(argv[4], "checkins.csv");
    fputs("Check-in ID,Goal ID,Author,Date,Value,Confidence,Status,Comment,Created At\n", out);
    state = 20240102;
    for (uint32_t i = 0; i < n_checkins; i++)
        put_checkin(out, i, n_checkins, n_goals);
    close_whole(out);
    return 0;
}
