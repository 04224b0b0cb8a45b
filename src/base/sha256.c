/* SHA-256 by nettle, which uses the processor's own instructions where it has them: every input byte passes here. */
#include "okrbook/base.h"

#include <nettle/sha2.h>
#include <nettle/version.h>

void okb_sha256_hex(okb_span s, char out_hex[65])
{
    static const char digits[] = "0123456789abcdef";
    struct sha256_ctx context;
    uint8_t digest[SHA256_DIGEST_SIZE];
    sha256_init(&context);
    sha256_update(&context, s.n, (const uint8_t *)(s.n ? s.p : ""));
#if NETTLE_VERSION_MAJOR >= 4
    sha256_digest(&context, digest);
#else
    sha256_digest(&context, sizeof digest, digest);
#endif
    for (size_t i = 0; i < sizeof digest; i++) {
        out_hex[2 * i] = digits[digest[i] >> 4];
        out_hex[2 * i + 1] = digits[digest[i] & 15];
    }
    out_hex[64] = '\0';
}
