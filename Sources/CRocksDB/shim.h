// The C API of the system's RocksDB (Debian: librocksdb-dev), for DynamoDBEngine/Storage only.
#include <rocksdb/c.h>
