/* Owns an end that cannot wait for main: no temporary file stays, and one message says why. */
#include <string.h>
#include <unistd.h>

#include "cli.h"
#include "okrbook/os.h"

static void put(const char *text)
{
    ssize_t ignored = write(STDERR_FILENO, text, strlen(text));
    (void)ignored;
}

_Noreturn void okb_cli_end_at_once(okb_code code, const char *text)
{
    okb_outfile_drop_all();
    if (!okb_os_worker_tell(code, text)) {
        bool is_json = okb_cli_message_is_json();
        put(is_json ? "{\"severity\":\"error\",\"message\":\"" : "okrbook: error: ");
        put(text);
        put(is_json ? "\"}\n" : "\n");
    }
    _exit((int)code);
}
