#include "rocks_encryption.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <rocksdb/env.h>
#include <rocksdb/env_encryption.h>
#include <rocksdb/version.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

static_assert(ROCKSDB_MAJOR == 7, "the layout of rocksdb_env_t below is that of RocksDB 7");

// RocksDB's C API can make no environment of one's own, and keeps this to itself. rocks_encryption_env compares it with what
// the library makes.
struct rocksdb_env_t {
  rocksdb::Env* rep;
  bool is_default;
};

namespace {

using rocksdb::Slice;
using rocksdb::Status;

constexpr char kMagic[] = "MIYABIE1";
constexpr size_t kMagicLength = 8;
constexpr size_t kNonceLength = 32;
constexpr size_t kCheckLength = 32;
constexpr size_t kIdAt = kMagicLength;
constexpr size_t kNonceAt = kIdAt + rocks_encryption_id_length;
constexpr size_t kCheckAt = kNonceAt + kNonceLength;
constexpr size_t kBlock = 16;

using Digest = std::array<uint8_t, 32>;

bool Authenticate(const uint8_t* key, const char* label, const uint8_t* bytes, size_t count, Digest* digest) {
  std::string message(label);
  message.append(reinterpret_cast<const char*>(bytes), count);
  unsigned int length = 0;
  return HMAC(EVP_sha256(), key, rocks_encryption_key_length, reinterpret_cast<const uint8_t*>(message.data()),
              message.size(), digest->data(), &length) != nullptr &&
         length == digest->size();
}

struct Key {
  std::array<uint8_t, rocks_encryption_id_length> id;
  std::array<uint8_t, rocks_encryption_key_length> bytes;

  ~Key() { OPENSSL_cleanse(bytes.data(), bytes.size()); }
};

class Keys {
 public:
  void Add(const uint8_t* id, const uint8_t* bytes, bool is_current) {
    std::lock_guard<std::mutex> guard(lock_);
    auto key = FindLocked(id);
    if (!key) {
      auto made = std::make_shared<Key>();
      std::memcpy(made->id.data(), id, made->id.size());
      std::memcpy(made->bytes.data(), bytes, made->bytes.size());
      key = made;
      keys_.push_back(key);
    }
    if (is_current) current_ = key;
  }

  std::shared_ptr<const Key> Find(const uint8_t* id) const {
    std::lock_guard<std::mutex> guard(lock_);
    return FindLocked(id);
  }

  std::shared_ptr<const Key> Current() const {
    std::lock_guard<std::mutex> guard(lock_);
    return current_;
  }

 private:
  std::shared_ptr<const Key> FindLocked(const uint8_t* id) const {
    for (const auto& key : keys_) {
      if (std::memcmp(key->id.data(), id, key->id.size()) == 0) return key;
    }
    return nullptr;
  }

  mutable std::mutex lock_;
  std::vector<std::shared_ptr<const Key>> keys_;
  std::shared_ptr<const Key> current_;
};

// A place in the key stream of one file. What follows what came before needs no new start: a log is written so.
struct Cursor {
  EVP_CIPHER_CTX* context = EVP_CIPHER_CTX_new();
  uint64_t position = UINT64_MAX;

  ~Cursor() { EVP_CIPHER_CTX_free(context); }

  bool Seek(uint64_t offset) {
    if (position == offset) return true;
    std::array<uint8_t, kBlock> counter{};
    uint64_t block = offset / kBlock;
    for (size_t i = 0; i < 8; i++) counter[kBlock - 1 - i] = static_cast<uint8_t>(block >> (8 * i));
    position = UINT64_MAX;
    if (EVP_EncryptInit_ex(context, nullptr, nullptr, nullptr, counter.data()) != 1) return false;
    std::array<uint8_t, kBlock> skipped{};
    int written = 0;
    int skip = static_cast<int>(offset % kBlock);
    if (skip > 0 && EVP_EncryptUpdate(context, skipped.data(), &written, skipped.data(), skip) != 1) return false;
    position = offset;
    return true;
  }

  bool Apply(uint8_t* bytes, size_t count) {
    constexpr size_t kMost = size_t{1} << 30;
    while (count > 0) {
      int part = static_cast<int>(std::min(count, kMost));
      int written = 0;
      if (EVP_EncryptUpdate(context, bytes, &written, bytes, part) != 1 || written != part) {
        position = UINT64_MAX;
        return false;
      }
      bytes += part;
      count -= part;
      position += part;
    }
    return true;
  }
};

// Encryption and decryption are the same in counter mode.
class Stream final : public rocksdb::BlockAccessCipherStream {
 public:
  explicit Stream(const Digest& key) : key_(key) {}
  ~Stream() override { OPENSSL_cleanse(key_.data(), key_.size()); }

  size_t BlockSize() override { return kBlock; }
  Status Encrypt(uint64_t offset, char* data, size_t size) override { return Apply(offset, data, size); }
  Status Decrypt(uint64_t offset, char* data, size_t size) override { return Apply(offset, data, size); }

  Status Apply(uint64_t offset, char* data, size_t size) {
    if (size == 0) return Status::OK();
    std::unique_ptr<Cursor> cursor = Take(offset);
    if (!cursor || !cursor->Seek(offset) || !cursor->Apply(reinterpret_cast<uint8_t*>(data), size)) {
      return Status::IOError("AES-256 failed");
    }
    Give(std::move(cursor));
    return Status::OK();
  }

 protected:
  void AllocateScratch(std::string&) override {}
  Status EncryptBlock(uint64_t index, char* data, char*) override { return Apply(index * kBlock, data, kBlock); }
  Status DecryptBlock(uint64_t index, char* data, char*) override { return Apply(index * kBlock, data, kBlock); }

 private:
  static constexpr size_t kKept = 4;

  // Readers of one file are many: each takes a cursor for itself, the one that stands there already if there is one.
  std::unique_ptr<Cursor> Take(uint64_t offset) {
    {
      std::lock_guard<std::mutex> guard(lock_);
      if (!spare_.empty()) {
        auto found = std::find_if(spare_.begin(), spare_.end(), [&](auto& cursor) { return cursor->position == offset; });
        if (found == spare_.end()) found = spare_.end() - 1;
        std::unique_ptr<Cursor> cursor = std::move(*found);
        spare_.erase(found);
        return cursor;
      }
    }
    auto cursor = std::make_unique<Cursor>();
    if (!cursor->context ||
        EVP_EncryptInit_ex(cursor->context, EVP_aes_256_ctr(), nullptr, key_.data(), nullptr) != 1) {
      return nullptr;
    }
    return cursor;
  }

  void Give(std::unique_ptr<Cursor> cursor) {
    std::lock_guard<std::mutex> guard(lock_);
    if (spare_.size() < kKept) spare_.push_back(std::move(cursor));
  }

  Digest key_;
  std::mutex lock_;
  std::vector<std::unique_ptr<Cursor>> spare_;
};

// A file that a crash has left without its prefix: nothing in it was ever acknowledged. Zeros are what a file system may show
// in its place; anything else is damage.
class UnwrittenStream final : public rocksdb::BlockAccessCipherStream {
 public:
  explicit UnwrittenStream(std::string file) : file_(std::move(file)) {}

  size_t BlockSize() override { return kBlock; }
  Status Encrypt(uint64_t, char*, size_t size) override { return size == 0 ? Status::OK() : Damage(); }
  Status Decrypt(uint64_t, char* data, size_t size) override {
    return std::all_of(data, data + size, [](char byte) { return byte == 0; }) ? Status::OK() : Damage();
  }

 protected:
  void AllocateScratch(std::string&) override {}
  Status EncryptBlock(uint64_t, char*, char*) override { return Damage(); }
  Status DecryptBlock(uint64_t, char*, char*) override { return Damage(); }

 private:
  Status Damage() const { return Status::Corruption(file_ + ": the file has lost its beginning"); }
  std::string file_;
};

class Provider final : public rocksdb::EncryptionProvider {
 public:
  explicit Provider(std::shared_ptr<Keys> keys) : keys_(std::move(keys)) {}

  const char* Name() const override { return "MiyabiAES256"; }
  size_t GetPrefixLength() const override { return rocks_encryption_prefix_length; }

  Status CreateNewPrefix(const std::string& file, char* prefix, size_t length) const override {
    auto key = keys_->Current();
    if (!key || length < rocks_encryption_prefix_length) return Status::IOError(file + ": there is no key for new files");
    auto* bytes = reinterpret_cast<uint8_t*>(prefix);
    std::memset(bytes, 0, length);
    std::memcpy(bytes, kMagic, kMagicLength);
    std::memcpy(bytes + kIdAt, key->id.data(), key->id.size());
    Digest check;
    if (RAND_bytes(bytes + kNonceAt, kNonceLength) != 1 ||
        !Authenticate(key->bytes.data(), "prefix", bytes, kCheckAt, &check)) {
      return Status::IOError(file + ": no random bytes for a new file");
    }
    std::memcpy(bytes + kCheckAt, check.data(), check.size());
    return Status::OK();
  }

  Status AddCipher(const std::string&, const char*, size_t, bool) override {
    return Status::NotSupported("keys are added by rocks_encryption_add_key");
  }

  Status CreateCipherStream(const std::string& file, const rocksdb::EnvOptions&, Slice& prefix,
                            std::unique_ptr<rocksdb::BlockAccessCipherStream>* result) override {
    return Open(file, reinterpret_cast<const uint8_t*>(prefix.data()), prefix.size(), result);
  }

  Status Open(const std::string& file, const uint8_t* prefix, size_t length,
              std::unique_ptr<rocksdb::BlockAccessCipherStream>* result) const {
    bool isUnwritten = std::all_of(prefix, prefix + length, [](uint8_t byte) { return byte == 0; });
    if (length < rocks_encryption_prefix_length || isUnwritten) {
      result->reset(new UnwrittenStream(file));
      return Status::OK();
    }
    if (std::memcmp(prefix, kMagic, kMagicLength) != 0) {
      return Status::Corruption(file + ": the file is not encrypted, or its beginning is damaged");
    }
    auto key = keys_->Find(prefix + kIdAt);
    if (!key) return Status::Corruption(file + ": the file is encrypted with a key that is not in data-keys");
    Digest check, fileKey;
    if (!Authenticate(key->bytes.data(), "prefix", prefix, kCheckAt, &check) ||
        !Authenticate(key->bytes.data(), "file", prefix + kNonceAt, kNonceLength, &fileKey)) {
      return Status::IOError(file + ": HMAC failed");
    }
    bool isWhole = CRYPTO_memcmp(check.data(), prefix + kCheckAt, kCheckLength) == 0;
    auto rest = prefix + kCheckAt + kCheckLength;
    isWhole = isWhole && std::all_of(rest, prefix + rocks_encryption_prefix_length, [](uint8_t byte) { return byte == 0; });
    if (!isWhole) return Status::Corruption(file + ": the beginning of the encrypted file is damaged");
    result->reset(new Stream(fileKey));
    OPENSSL_cleanse(fileKey.data(), fileKey.size());
    return Status::OK();
  }

 private:
  std::shared_ptr<Keys> keys_;
};

}  // namespace

struct rocks_encryption {
  std::shared_ptr<Keys> keys = std::make_shared<Keys>();
  std::shared_ptr<Provider> provider = std::make_shared<Provider>(keys);
  std::unique_ptr<rocksdb::Env> env{rocksdb::NewEncryptedEnv(rocksdb::Env::Default(), provider)};
  rocksdb_env_t handle{env.get(), true};
};

struct rocks_encryption_stream {
  std::unique_ptr<rocksdb::BlockAccessCipherStream> stream;
};

rocks_encryption* rocks_encryption_create(void) { return new rocks_encryption; }

void rocks_encryption_destroy(rocks_encryption* encryption) { delete encryption; }

void rocks_encryption_add_key(rocks_encryption* encryption, const uint8_t* id, const uint8_t* key, bool is_current) {
  encryption->keys->Add(id, key, is_current);
}

rocksdb_env_t* rocks_encryption_env(rocks_encryption* encryption) {
  rocksdb_env_t* sample = rocksdb_create_default_env();
  bool isAsExpected = sample->rep == rocksdb::Env::Default() && sample->is_default;
  rocksdb_env_destroy(sample);
  return isAsExpected ? &encryption->handle : nullptr;
}

rocks_encryption_stream* rocks_encryption_stream_open(
    rocks_encryption* encryption, const uint8_t* prefix, size_t length, const char* file, char** error) {
  auto stream = std::make_unique<rocks_encryption_stream>();
  Status status = encryption->provider->Open(file, prefix, length, &stream->stream);
  if (status.ok()) return stream.release();
  *error = strdup(status.ToString().c_str());
  return nullptr;
}

void rocks_encryption_stream_close(rocks_encryption_stream* stream) { delete stream; }

bool rocks_encryption_stream_decrypt(rocks_encryption_stream* stream, uint64_t offset, uint8_t* bytes, size_t count) {
  return stream->stream->Decrypt(offset, reinterpret_cast<char*>(bytes), count).ok();
}
