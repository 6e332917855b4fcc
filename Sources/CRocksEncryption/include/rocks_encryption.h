// AES-256 for every file of a RocksDB directory, as an environment for RocksDB's C API.
//
//   file   = prefix ciphertext
//   prefix = "MIYABIE1" key id(16) nonce(32) HMAC-SHA256 of these(32) zeros, 4096 bytes in all
//
// A file's key is HMAC-SHA256(data key, "file" nonce), so that no two files share a key stream; its bytes are encrypted with
// AES-256 in counter mode, the counter being the byte's place in the file. That hides, and does not authenticate: RocksDB's
// checksums find damage, not a change by somebody who knows what stands where.
#pragma once
#include <rocksdb/c.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { rocks_encryption_prefix_length = 4096, rocks_encryption_id_length = 16, rocks_encryption_key_length = 32 };

// The data keys of one directory, and the environment that uses them. All functions may be called from any thread.
typedef struct rocks_encryption rocks_encryption;

rocks_encryption* rocks_encryption_create(void);
// After every database that uses its environment is closed.
void rocks_encryption_destroy(rocks_encryption* encryption);

// Makes a key known; one that is known already stays as it is. New files are encrypted with the current key.
void rocks_encryption_add_key(rocks_encryption* encryption, const uint8_t* id, const uint8_t* key, bool is_current);

// The environment, for rocksdb_options_set_env; owned by `encryption`. Null where this RocksDB's C API is laid out otherwise
// than the one that this was written for.
rocksdb_env_t* rocks_encryption_env(rocks_encryption* encryption);

// What decrypts one file.
typedef struct rocks_encryption_stream rocks_encryption_stream;

// Null, and a message of the caller's to free, for a prefix that is damaged or of an unknown key.
rocks_encryption_stream* rocks_encryption_stream_open(
    rocks_encryption* encryption, const uint8_t* prefix, size_t length, const char* file, char** error);
void rocks_encryption_stream_close(rocks_encryption_stream* stream);
// Decrypts in place what stands at an offset of the file, prefix included. False where it cannot be.
bool rocks_encryption_stream_decrypt(rocks_encryption_stream* stream, uint64_t offset, uint8_t* bytes, size_t count);

#ifdef __cplusplus
}
#endif
