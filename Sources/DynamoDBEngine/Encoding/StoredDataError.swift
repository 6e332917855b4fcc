/// Stored bytes that this version cannot have written.
enum StoredDataError: Error {
    /// The bytes end in the middle of a value.
    case truncated
    /// A tag or a count that does not exist.
    case malformed
    /// Written by a newer version, in a format that this one does not know.
    case unknownVersion
}
