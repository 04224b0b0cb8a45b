/* okrbook init: writes the editable tables; overwrites nothing. */
#include "cli.h"
#include "okrbook/os.h"
#include "okrbook/tables.h"

static okb_code write_table(okb_span folder, const okb_builtin *table, okb_arena *keep, okb_err *err)
{
    okb_span path = okb_arena_printf(keep, "%.*s/%s", OKB_FMT(folder), table->name);
    okb_outfile *file;
    okb_code code = okb_outfile_open(path, keep, &file, err);
    if (code != OKB_OK)
        return code;
    code = okb_outfile_write(file, (okb_span){(const char *)table->bytes, table->size_bytes}, err);
    if (code == OKB_OK)
        return okb_outfile_commit(file, err);
    okb_outfile_abandon(file);
    return code;
}

int okb_cli_init(cli_options *options, okb_err *err)
{
    if (options->inputs.n != 1)
        return (int)okb_fail(err, OKB_E_USAGE, "init needs one folder to write the tables to");
    okb_span folder = options->run.inputs[0].path;
    okb_arena keep;
    okb_arena_init(&keep, 0);
    okb_code code = okb_os_make_folder(folder, err);
    /* Looked at first, so that a refusal leaves the folder as it was. */
    for (const okb_builtin *table = okb_builtins; code == OKB_OK && table->name; table++) {
        okb_span path = okb_arena_printf(&keep, "%.*s/%s", OKB_FMT(folder), table->name);
        if (okb_os_path_kind(path) != OKB_PATH_MISSING)
            code = okb_fail(err, OKB_E_CREATE, "'%.*s' is there already and is not overwritten, name another folder",
                            OKB_FMT(path));
    }
    for (const okb_builtin *table = okb_builtins; code == OKB_OK && table->name; table++) {
        code = write_table(folder, table, &keep, err);
        if (code == OKB_OK && options->is_verbose)
            okb_cli_message_note("wrote %.*s/%s", OKB_FMT(folder), table->name);
    }
    okb_arena_reset(&keep);
    return (int)code;
}
