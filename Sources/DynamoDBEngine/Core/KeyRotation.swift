public import Encryption
internal import Glibc

/// Changes the keys of a directory, whether or not an engine has it open.
public struct KeyRotation: Sendable {
    private let keys: DirectoryKeys
    private let directory: String

    /// The keys of a data directory.
    public init(of directory: String) {
        self.directory = directory
        keys = DirectoryKeys(directory: directory)
    }

    /// Wraps the data keys by the current master key, at once; no file of data is touched.
    ///
    /// - Throws: ``EngineError`` where a master key is missing.
    /// - Returns: false for a directory that is not encrypted.
    public func rewrap(_ masters: MasterKeys) throws -> Bool {
        try changing { keys in
            _ = try self.keys.secrets(masters)
            return try keys.rewrapped(masters)
        }
    }

    /// Makes a new data key for new files. An open engine takes it within seconds; files that are there keep theirs until the
    /// store writes them anew.
    ///
    /// - Throws: ``EngineError`` where a master key is missing.
    /// - Returns: false for a directory that is not encrypted.
    public func addDataKey(_ masters: MasterKeys) throws -> Bool {
        try changing { keys in
            _ = try self.keys.secrets(masters)
            var keys = keys
            try keys.addKey(wrappedBy: masters.current, at: time(nil))
            return keys
        }
    }

    /// Whether master keys open the directory.
    ///
    /// - Throws: ``EngineError`` where they do not.
    /// - Returns: false for a directory that is not encrypted.
    public func check(_ masters: MasterKeys) throws -> Bool {
        do {
            return try !keys.secrets(masters).isEmpty
        } catch {
            throw EngineError(error, directory: directory)
        }
    }

    /// Whether a data key is wrapped by another master key than the current one.
    public func needsRewrapping(_ masters: MasterKeys) throws -> Bool {
        do {
            return try keys.read()?.entries.contains { $0.masterID != masters.current.id } ?? false
        } catch {
            throw EngineError(error, directory: directory)
        }
    }

    private static let rewriteName = "data-keys.rewrite"

    /// Asks the engine that has the directory open, or opens it next, to write every file anew with the current key.
    public func requestRewrite() throws {
        do {
            if Self.isRewriteWanted(in: directory) { return }
            try DataFile(creating: "\(directory)/\(Self.rewriteName)").sync()
        } catch {
            throw EngineError(error, directory: directory)
        }
    }

    static func isRewriteWanted(in directory: String) -> Bool { access("\(directory)/\(rewriteName)", F_OK) == 0 }

    static func endRewrite(in directory: String) throws { _ = try removeFile(rewriteName, in: directory) }

    private func changing(_ body: (DataKeys) throws -> DataKeys) throws -> Bool {
        do {
            guard try keys.read() != nil else { return false }
            try keys.change { keys in try keys.map(body) }
            return true
        } catch {
            throw EngineError(error, directory: directory)
        }
    }
}
