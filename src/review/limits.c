/* The settings of the review, read once. docs/rules.md and the settings table say what each is for. */
#include "room.h"

static double number(const okb_settings *settings, const char *name)
{
    return okb_setting_number(settings, name);
}

/* `2-5`: bounds that a preset fixes; `own` leaves kr.min and kr.max. */
static void read_preset(const okb_settings *settings, review_limits *out)
{
    okb_span preset = okb_setting_text(settings, "kr.preset");
    double low, high;
    size_t used = okb_number_scan(preset, '.', &low);
    if (used == 0 || used + 1 >= preset.n || okb_number_scan(okb_span_sub(preset, used + 1, preset.n), '.', &high) == 0)
        return;
    out->kr_min = low;
    out->kr_max = high;
    if (out->kr_ideal_max > high)
        out->kr_ideal_max = high;
}

static okb_severity severity_of(okb_span word, bool *is_off)
{
    *is_off = okb_span_eq(word, OKB_S("off"));
    return okb_span_eq(word, OKB_S("info")) ? OKB_INFO : OKB_WARNING;
}

void okb_review_limits_read(const okb_settings *settings, review_limits *out)
{
    *out = (review_limits){
        .kr_min = number(settings, "kr.min"),
        .kr_max = number(settings, "kr.max"),
        .kr_ideal_max = number(settings, "kr.ideal_max"),
        .milestones_allowed = number(settings, "kr.milestones_allowed"),
        .objectives_ideal_max = number(settings, "obj.team.ideal_max"),
        .objectives_max = number(settings, "obj.team.max"),
        .company_max = number(settings, "obj.company.max"),
        .objective_words = number(settings, "obj.words"),
        .track_ideal = number(settings, "kr.team.ideal_total"),
        .track_max = number(settings, "kr.team.total"),
        .todo_share = number(settings, "todo.share"),
        .todo_min = number(settings, "todo.min_krs"),
        .priority_share = number(settings, "priority.share"),
        .priority_min = number(settings, "priority.min_goals"),
        .busy_done = number(settings, "busy.done"),
        .busy_min = number(settings, "busy.min_initiatives"),
        .busy_score = number(settings, "busy.score"),
        .owner_max = number(settings, "owner.max"),
        .depth_max = number(settings, "align.depth"),
        .fanout_max = number(settings, "align.fanout"),
        .duplicate_share = number(settings, "duplicate.similarity"),
        .duplicate_words = number(settings, "duplicate.min_words"),
        .percent_tolerance = number(settings, "kr.percent_tolerance"),
        .consistency_cycles = number(settings, "consistency.cycles"),
        .consistency_min = number(settings, "consistency.min_krs"),
        .single_high = number(settings, "consistency.single_high"),
        .cluster_low = number(settings, "cluster.low"),
        .cluster_high = number(settings, "cluster.high"),
        .cluster_share = number(settings, "cluster.share"),
        .half_time = number(settings, "ambition.half_time"),
        .score_differs = number(settings, "score.differs"),
        .progress_max = number(settings, "score.progress_max"),
        .start_days = number(settings, "cadence.start"),
        .forgotten_share = number(settings, "cadence.forgotten"),
        .cadence_okr = number(settings, "cadence.okr"),
        .cadence_smart = number(settings, "cadence.smart"),
        .cadence_grace = number(settings, "cadence.grace"),
        .band_red = number(settings, "band.red"),
        .band_green = number(settings, "band.green"),
        .per_team = number(settings, "findings.per_team"),
        .group_from = number(settings, "findings.group_from"),
        .group_names = number(settings, "findings.group_names"),
        .smart_max = number(settings, "advice.smart_max"),
        .okr_min = number(settings, "advice.okr_min"),
        .okr_teams = number(settings, "advice.okr_teams"),
        .scaling_min = number(settings, "advice.scaling_min"),
        .scaling_max = number(settings, "advice.scaling_max"),
        .clear_min = number(settings, "advice.clear"),
        .linked_min = number(settings, "advice.linked"),
        .work_share = number(settings, "advice.work_share"),
        .agenda_minutes = number(settings, "agenda.minutes"),
        .agenda_member_minutes = number(settings, "agenda.member_minutes"),
        .agenda_items = number(settings, "agenda.items"),
        .has_individual_okr = okb_setting_is(settings, "individual.okr", "on"),
        .has_benchmarks = okb_setting_is(settings, "benchmarks", "on"),
        .is_smart_only = okb_setting_is(settings, "smart.only", "on"),
    };
    read_preset(settings, out);
    out->output_severity = severity_of(okb_setting_text(settings, "kr.output"), &out->is_output_off);
    out->smart_severity = severity_of(okb_setting_text(settings, "kr.smart"), &out->is_smart_off);
}
