/* The status file of an unattended run: one JSON object that a monitor reads. */
#include <stdlib.h>

#include <jansson.h>

#include "cli.h"
#include "okrbook/os.h"
#include "okrbook/version.h"

static json_t *json_time(int64_t seconds)
{
    enum { DAY_SECONDS = 86400 };
    int64_t rest = (seconds % DAY_SECONDS + DAY_SECONDS) % DAY_SECONDS;
    char day[11];
    okb_day_print((okb_day)((seconds - rest) / DAY_SECONDS), day);
    return json_sprintf("%sT%02d:%02d:%02dZ", day, (int)(rest / 3600), (int)(rest / 60 % 60), (int)(rest % 60));
}

/* Names of files are bytes; in one that is no UTF-8 each byte beyond ASCII becomes U+FFFD. */
static json_t *json_text(okb_span text)
{
    if (okb_utf8_valid(text))
        return json_stringn(text.p, text.n);
    okb_buf shown = {NULL, 0, 0};
    for (size_t i = 0; i < text.n; i++)
        okb_buf_add(&shown, (unsigned char)text.p[i] < 0x80 ? okb_span_sub(text, i, i + 1) : OKB_S("\xEF\xBF\xBD"));
    json_t *json = json_stringn(shown.p, shown.n);
    okb_buf_free(&shown);
    return json;
}

/* When the last run that ended well ended, as the file that is about to be replaced says. */
static json_t *earlier_success(okb_span path, okb_arena *keep)
{
    okb_err ignored = {0};
    okb_span bytes;
    json_t *last = NULL;
    if (okb_os_path_kind(path) != OKB_PATH_FILE || okb_os_read_file(path, 1 << 20, keep, &bytes, &ignored) != OKB_OK)
        return json_null();
    json_t *old = json_loadb(bytes.p, bytes.n, 0, NULL);
    last = json_incref(json_object_get(old, "last_success"));
    json_decref(old);
    return last ? last : json_null();
}

static json_t *inputs_json(const okb_plan *plan)
{
    json_t *list = json_array();
    for (uint32_t i = 0; i < plan->n_files; i++) {
        const okb_file *file = &plan->files[i];
        json_array_append_new(list, json_pack("{s:o, s:s, s:i, s:i, s:i, s:i}", "file", json_text(file->path), "sha256",
                                              file->sha256, "rows", (int)file->rows, "used", (int)file->used, "merged",
                                              (int)file->merged, "rejected", (int)file->rejected));
    }
    return list;
}

static json_t *counts_json(const okb_plan *plan)
{
    int by_severity[3] = {0};
    for (uint32_t i = 0; i < plan->n_findings; i++)
        if (!plan->findings[i].is_silenced)
            by_severity[plan->findings[i].severity]++;
    return json_pack("{s:i, s:i, s:i, s:i, s:i, s:i, s:i}", "goals", (int)plan->n_goals, "checkins",
                     (int)plan->n_checkins, "teams", (int)plan->n_teams, "rejects",
                     (int)(plan->n_rejects - plan->n_long_texts), "errors", by_severity[OKB_ERROR], "warnings",
                     by_severity[OKB_WARNING], "infos", by_severity[OKB_INFO]);
}

okb_code okb_cli_status_write(const cli_options *options, const cli_status *status, okb_err *err)
{
    okb_arena scratch;
    okb_arena_init(&scratch, 0);
    okb_outfile *file;
    okb_code code = okb_outfile_open(options->status_file, &scratch, &file, err);
    if (code != OKB_OK)
        goto done;
    int64_t ended = okb_os_now_seconds();
    char as_of[11];
    okb_day_print(options->run.normalize.as_of, as_of);
    json_t *root = json_object();
    json_object_set_new(root, "program", json_string("okrbook " OKB_VERSION));
    json_object_set_new(root, "started", json_time(options->started));
    json_object_set_new(root, "ended", json_time(ended));
    json_object_set_new(root, "as_of", json_string(as_of));
    json_object_set_new(root, "exit", json_integer(status->exit_status));
    json_object_set_new(root, "error", status->err->code ? json_text(okb_span_of(status->err->text)) : json_null());
    json_object_set_new(root, "output", json_text(options->output));
    json_object_set_new(root, "output_sha256",
                        status->output_sha256.n ? json_string(status->output_sha256.p) : json_null());
    json_object_set_new(root, "counts", status->plan ? counts_json(status->plan) : json_null());
    json_object_set_new(root, "inputs", status->plan ? inputs_json(status->plan) : json_null());
    json_object_set_new(root, "last_success",
                        status->exit_status <= 1 ? json_time(ended) : earlier_success(options->status_file, &scratch));
    char *text = json_dumps(root, JSON_INDENT(2));
    json_decref(root);
    code = okb_outfile_write(file, okb_span_of(text), err);
    if (code == OKB_OK)
        code = okb_outfile_write(file, OKB_S("\n"), err);
    free(text);
    if (code == OKB_OK)
        code = okb_outfile_commit(file, err);
    else
        okb_outfile_abandon(file);
done:
    okb_arena_reset(&scratch);
    return code;
}
