/* The exports: columns, quoting, defusing, and the two formats. */
#include "test.h"

#include "okrbook/write.h"
#include "plan_maker.h"

static okb_code keep_bytes(void *context, okb_span bytes)
{
    okb_buf_add(context, bytes);
    return OKB_OK;
}

static okb_code refuse_bytes(void *context, okb_span bytes)
{
    (void)bytes;
    return --*(int *)context < 0 ? OKB_E_IO : OKB_OK;
}

static const char *const two_columns[] = {"a", "b"};

static okb_buf record_of(okb_export_format format, okb_span text, double number)
{
    okb_buf out = {0};
    okb_err err = {0};
    okb_record *record = okb_record_new((okb_sink){keep_bytes, &out}, format, two_columns, 2);
    okb_record_text(record, text);
    okb_record_number(record, number);
    assert_int_equal(okb_record_end(record, &err), OKB_OK);
    okb_record_free(record);
    return out;
}

static void csv_quotes_where_it_must_and_defuses_formulas(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        double number;
        const char *line;
    } rows[] = {
        {"plain", 1, "plain,1"},
        {"", NAN, ","},
        {"a,b", 0.5, "\"a,b\",0.5"},
        {"say \"hi\"", -3, "\"say \"\"hi\"\"\",-3"},
        {"two\nlines", 1234567.25, "\"two\nlines\",1234567.25"},
        {"=1+1", 0.1 + 0.2, "'=1+1,0.3"},
        {"+49 30", 1e15, "'+49 30,1e+15"},
        {"-5", -0.0, "'-5,0"},
        {"@cmd", INFINITY, "'@cmd,"},
        {"\tx", 2, "'\tx,2"},
        {"\rx", 2, "\"'\rx\",2"},
        {"=a,b", 2, "\"'=a,b\",2"},
        {"a=b", 2, "a=b,2"},
        {"\xC3\xA9", 2, "\xC3\xA9,2"},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        okb_buf out = record_of(OKB_EXPORT_CSV, okb_span_of(rows[i].text), rows[i].number);
        char want[128];
        snprintf(want, sizeof want, "a,b\n%s\n", rows[i].line);
        assert_span(okb_buf_span(&out), want, rows[i].text);
        okb_buf_free(&out);
    }
}

static void json_lines_keep_types_and_escape_what_json_asks_for(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        double number;
        const char *line;
    } rows[] = {
        {"plain", 1, "{\"a\":\"plain\",\"b\":1}"},
        {"", NAN, "{\"a\":null,\"b\":null}"},
        {"q\"b\\s\nt\t\x01", 0.25, "{\"a\":\"q\\\"b\\\\s\\nt\\t\\u0001\",\"b\":0.25}"},
        {"=1+1", -2, "{\"a\":\"=1+1\",\"b\":-2}"},
        {"bad \xFF", 0, "{\"a\":\"bad \\ufffd\",\"b\":0}"},
        {"\xF0\x9F\x9A\x80", 0, "{\"a\":\"\xF0\x9F\x9A\x80\",\"b\":0}"},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        okb_buf out = record_of(OKB_EXPORT_JSONL, okb_span_of(rows[i].text), rows[i].number);
        char want[128];
        snprintf(want, sizeof want, "%s\n", rows[i].line);
        assert_span(okb_buf_span(&out), want, rows[i].text);
        okb_buf_free(&out);
    }
}

static okb_buf exported(const okb_plan *plan, okb_export_table table, okb_export_format format)
{
    okb_buf out = {0};
    okb_err err = {0};
    assert_int_equal(okb_write_export(plan, table, format, (okb_sink){keep_bytes, &out}, &err), OKB_OK);
    return out;
}

static void tables_have_the_columns_of_the_contract(void **state)
{
    (void)state;
    static const struct {
        okb_export_table table;
        const char *columns;
    } rows[] = {
        {OKB_EXPORT_GOALS, "cycle,team,level,kind,id,parent_id,title,owner,start,due,baseline,target,current,unit,"
                           "direction,ambition,weight,progress,"
                           "score,status,confidence,priority,description,comment,blocker,updated,class,specific,"
                           "measurable,achievable,relevant,"
                           "timebound,vague,compound,computed_score,raw,expected,pace,band,met,forecast,confidence_"
                           "trend,checkins,last_checkin,"
                           "checkin_rate,linked,findings,source_file,source_line\n"},
        {OKB_EXPORT_CHECKINS, "goal_id,date,value,progress,score,confidence,status,comment,blocker,author\n"},
        {OKB_EXPORT_TEAMS, "cycle,team,objectives,key_results,goals,initiatives,scored,computed_score,score_missing_"
                           "zero,expected,pace,outcome_rate,"
                           "smart_rate,checkin_rate,linked_rate,owner_rate,baseline_rate,confidence,previous_score,"
                           "change,errors,warnings,advice\n"},
        {OKB_EXPORT_FINDINGS, "severity,code,team,goal_id,title,evidence,message,question,source_file,source_line\n"},
        {OKB_EXPORT_INPUTS, "file,kind,format,encoding,delimiter,rows,used,merged,rejected,skipped,repaired,sha256\n"},
        {OKB_EXPORT_REJECTS, "file,line,column,value,reason,row\n"},
    };
    plan_made *made = plan_make((plan_size){2, 2, 2, 3, true});
    plan_add_findings(made);
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        okb_buf out = exported(&made->plan, rows[i].table, OKB_EXPORT_CSV);
        assert_true(okb_span_starts(okb_buf_span(&out), okb_span_of(rows[i].columns)));
        okb_buf_free(&out);
    }
    plan_unmake(made);
}

static uint32_t lines_of(const okb_buf *out)
{
    uint32_t n = 0;
    for (size_t i = 0; i < out->n; i++)
        n += out->p[i] == '\n';
    return n;
}

static void every_row_is_written_in_both_formats(void **state)
{
    (void)state;
    plan_made *made = plan_make((plan_size){3, 2, 2, 3, true});
    plan_add_findings(made);
    const okb_plan *plan = &made->plan;
    const struct {
        okb_export_table table;
        uint32_t n;
    } rows[] = {{OKB_EXPORT_GOALS, plan->n_goals},
                {OKB_EXPORT_CHECKINS, plan->n_checkins},
                {OKB_EXPORT_TEAMS, plan->n_team_results},
                {OKB_EXPORT_FINDINGS, plan->n_findings},
                {OKB_EXPORT_INPUTS, 1},
                {OKB_EXPORT_REJECTS, 0}};
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        okb_buf csv = exported(plan, rows[i].table, OKB_EXPORT_CSV),
                json = exported(plan, rows[i].table, OKB_EXPORT_JSONL);
        assert_int_equal(lines_of(&csv), rows[i].n + 1);
        assert_int_equal(lines_of(&json), rows[i].n);
        okb_buf_free(&csv);
        okb_buf_free(&json);
    }
    plan_unmake(made);
}

static void a_goal_is_written_with_what_was_computed(void **state)
{
    (void)state;
    plan_made *made = plan_make((plan_size){1, 1, 2, 3, false});
    plan_add_findings(made);
    okb_goal *goal = &made->plan.goals[1];
    okb_link links[2] = {{OKB_S("G00000"), 0, NAN}, {OKB_S("elsewhere"), OKB_NONE, NAN}};
    goal->links = links;
    goal->n_links = 2;
    goal->status = OKB_AT_RISK;
    goal->title = OKB_S("=HYPERLINK(\"x\")");
    okb_buf out = exported(&made->plan, OKB_EXPORT_GOALS, OKB_EXPORT_CSV);
    okb_span text = okb_buf_span(&out);
    assert_true(okb_span_find(text, OKB_S("2026-Q3,Team 0,team,key_result,G00001,G00000; elsewhere,"
                                          "\"'=HYPERLINK(\"\"x\"\")\",Owner 1,2026-07-01,2026-09-30,10,50,23,%,"
                                          "increase,stretch,,,,at_risk,")) != SIZE_MAX);
    assert_true(okb_span_find(text, OKB_S(",0.325,0.325,")) != SIZE_MAX);
    assert_true(okb_span_find(text, OKB_S(",KR013,goals.csv,3\n")) != SIZE_MAX);
    okb_buf_free(&out);
    plan_unmake(made);
}

static void files_of_one_name_are_told_apart_by_their_paths(void **state)
{
    (void)state;
    plan_made *made = plan_make((plan_size){1, 1, 1, 0, false});
    okb_file files[3] = {made->plan.files[0], made->plan.files[0], made->plan.files[0]};
    files[1].path = OKB_S("out/goals.csv");
    files[2].name = files[2].path = OKB_S("other.csv");
    made->plan.files = files;
    made->plan.n_files = 3;
    okb_buf out = exported(&made->plan, OKB_EXPORT_INPUTS, OKB_EXPORT_CSV);
    okb_span text = okb_buf_span(&out);
    assert_true(okb_span_find(text, OKB_S("\nin/goals.csv,")) != SIZE_MAX);
    assert_true(okb_span_find(text, OKB_S("\nout/goals.csv,")) != SIZE_MAX);
    assert_true(okb_span_find(text, OKB_S("\nother.csv,")) != SIZE_MAX);
    okb_buf_free(&out);
    plan_unmake(made);
}

static void verdicts_carry_their_evidence_in_one_cell(void **state)
{
    (void)state;
    const okb_evidence evidence[] = {{OKB_S("measurable"), OKB_S("quantity.percent"), OKB_S("40%")},
                                     {OKB_S("timebound"), OKB_S("deadline.by-date"), OKB_S("by June 30")}};
    const okb_verdict verdict = {.class_ = OKB_OUTCOME,
                                 .kind_read = OKB_KEY_RESULT,
                                 .specific = OKB_YES,
                                 .measurable = OKB_BINARY,
                                 .timebound = OKB_YES,
                                 .vague = OKB_NO,
                                 .compound = OKB_NO,
                                 .baseline = NAN,
                                 .target = 40,
                                 .unit = OKB_S("%"),
                                 .direction = OKB_INCREASE,
                                 .deadline = okb_day_of(2026, 6, 30),
                                 .evidence = evidence,
                                 .n_evidence = 2};
    okb_span id = OKB_S("7"), text = OKB_S("Reach 40% by June 30");
    okb_buf out = {0};
    okb_err err = {0};
    assert_int_equal(
        okb_write_verdicts(&id, &text, NULL, &verdict, 1, OKB_EXPORT_CSV, (okb_sink){keep_bytes, &out}, &err), OKB_OK);
    assert_span(okb_buf_span(&out),
                "id,text,kind,class,specific,measurable,timebound,vague,compound,baseline,target,unit,direction,"
                "deadline,evidence,"
                "suggestion\n"
                "7,Reach 40% by June 30,key_result,outcome,yes,binary,yes,no,no,,40,%,increase,2026-06-30,"
                "\"measurable: quantity.percent \"\"40%\"\"; timebound: deadline.by-date \"\"by June 30\"\"\",\n",
                "verdict");
    okb_buf_free(&out);
}

static void a_sink_that_fails_ends_the_export(void **state)
{
    (void)state;
    plan_made *made = plan_make((plan_size){1, 2, 2, 0, false});
    for (int writes = 0; writes < 5; writes++) {
        int left = writes;
        okb_err err = {0};
        assert_int_equal(
            okb_write_export(&made->plan, OKB_EXPORT_GOALS, OKB_EXPORT_CSV, (okb_sink){refuse_bytes, &left}, &err),
            OKB_E_IO);
        assert_int_equal(err.code, OKB_E_IO);
    }
    plan_unmake(made);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(csv_quotes_where_it_must_and_defuses_formulas),
        cmocka_unit_test(json_lines_keep_types_and_escape_what_json_asks_for),
        cmocka_unit_test(tables_have_the_columns_of_the_contract),
        cmocka_unit_test(every_row_is_written_in_both_formats),
        cmocka_unit_test(a_goal_is_written_with_what_was_computed),
        cmocka_unit_test(files_of_one_name_are_told_apart_by_their_paths),
        cmocka_unit_test(verdicts_carry_their_evidence_in_one_cell),
        cmocka_unit_test(a_sink_that_fails_ends_the_export),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
