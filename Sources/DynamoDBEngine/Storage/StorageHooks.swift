/// What a test does before writes and syncs: hold them back as a stall or a slow disk does, or fail them with an error.
struct StorageHooks: Sendable {
    var beforeWrite: (@Sendable (RocksDatabase.WriteMode) -> StorageError?)?
    var beforeSync: (@Sendable () -> StorageError?)?
}
