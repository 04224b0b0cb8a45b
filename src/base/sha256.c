/* SHA-256 by libmd. */
#include "okrbook/base.h"

#include <sha256.h>

void okb_sha256_hex(okb_span s, char out_hex[65])
{
    static const char digits[] = "0123456789abcdef";
    SHA256_CTX context;
    uint8_t digest[SHA256_DIGEST_LENGTH];
    SHA256_Init(&context);
    SHA256_Update(&context, (const uint8_t *)(s.n ? s.p : ""), s.n);
    SHA256_Final(digest, &context);
    for (size_t i = 0; i < sizeof digest; i++) {
        out_hex[2 * i] = digits[digest[i] >> 4];
        out_hex[2 * i + 1] = digits[digest[i] & 15];
    }
    out_hex[64] = '\0';
}
