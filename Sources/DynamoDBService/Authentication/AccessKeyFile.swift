/// The access keys of a data directory: its file `keys`, one name and secret to a line, for its owner's eyes only.
///
/// While the file exists, a server of the directory answers only requests that are signed with one of its keys. A
/// running server sees each change at its next request.
public struct AccessKeyFile: Sendable {
    let directory: String
    var path: String { "\(directory)/keys" }

    /// - Parameter directory: the data directory, which exists.
    public init(directory: String) {
        self.directory = directory
    }

    /// Generates a key and adds it; it makes the file if there is none.
    ///
    /// - Throws: ``AccessKeyFileError``.
    public func add() throws(AccessKeyFileError) -> AccessKey {
        let key = AccessKey.generate()
        try change { keys in keys.append(key) }
        return key
    }

    /// The keys, oldest first; nil if there is no file.
    ///
    /// - Throws: ``AccessKeyFileError``.
    public func keys() throws(AccessKeyFileError) -> [AccessKey]? {
        guard let bytes = try read() else { return nil }
        var keys: [AccessKey] = []
        for (index, line) in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
            let words = line.split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
            if words.isEmpty || words[0].hasPrefix("#") { continue }
            guard words.count == 2 else {
                throw AccessKeyFileError("\(path), line \(index + 1): not a name and a secret")
            }
            keys.append(AccessKey(id: words[0], secret: words[1]))
        }
        return keys
    }

    /// Removes a key. The file stays, even empty: no key is no reason to let everybody in.
    ///
    /// - Returns: whether there was such a key.
    /// - Throws: ``AccessKeyFileError``.
    public func remove(id: String) throws(AccessKeyFileError) -> Bool {
        var hasFound = false
        guard try keys() != nil else { return false }
        try change { keys in
            let count = keys.count
            keys.removeAll { $0.id == id }
            hasFound = keys.count < count
        }
        return hasFound
    }
}

/// The file of access keys cannot be read or written.
public struct AccessKeyFileError: Error, Sendable, CustomStringConvertible {
    /// What is wrong, and with which file; no name and no secret.
    public let description: String

    init(_ description: String) {
        self.description = description
    }
}
