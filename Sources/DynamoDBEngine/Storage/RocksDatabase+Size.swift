internal import CRocksDB

extension RocksDatabase {
    /// The bytes that a range takes in files, by RocksDB's estimate; without what is still only in memory.
    func approximateSize(of range: KeyRange, in family: ColumnFamily) throws(StorageError) -> Int {
        var size: UInt64 = 0
        try rocksVoid { error in
            range.lower.withCharacters { lower, lowerCount in
                range.upper.withCharacters { upper, upperCount in
                    var (start, startCount, limit, limitCount) = (lower, lowerCount, upper, upperCount)
                    rocksdb_approximate_sizes_cf(
                        handle, pointer(to: family), 1, &start, &startCount, &limit, &limitCount, &size, &error)
                }
            }
        }
        return Int(clamping: size)
    }
}
