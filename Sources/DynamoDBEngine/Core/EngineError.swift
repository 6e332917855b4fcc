/// Why a data directory cannot be opened.
public struct EngineError: Error, Sendable, CustomStringConvertible {
    /// The kinds of failure, each with its own remedy.
    public enum Code: Sendable, Hashable {
        /// Another process, or another engine of this process, has the directory open.
        case directoryInUse
        /// The directory cannot be created, read or written.
        case directoryUnusable
        /// A file is damaged or missing. A backup has to be restored.
        case dataDamaged
        /// The data was written by a newer version of this engine.
        case versionUnknown
        /// The directory is encrypted, and no master key was given.
        case keyMissing
        /// The directory is encrypted with another master key.
        case keyWrong
        /// The directory's data is not encrypted, and had to be.
        case notEncrypted
    }

    /// What went wrong.
    public let code: Code
    /// The data directory.
    public let directory: String
    /// The storage layer's own words; they name files, and hold no data.
    public let detail: String

    /// A sentence for the operator.
    public var description: String {
        switch code {
        case .directoryInUse:
            "The data directory \(directory) is in use by another process; stop that one or choose another directory"
        case .directoryUnusable: "The data directory \(directory) cannot be used: \(detail)"
        case .dataDamaged: "The data in \(directory) is damaged: \(detail)"
        case .keyMissing:
            "The data directory \(directory) is encrypted, and there is no master key: name it with "
                + "MIYABI_MASTER_KEY_FILE, MIYABI_MASTER_KEY_COMMAND or MIYABI_MASTER_KEY"
        case .keyWrong:
            "The data directory \(directory) is encrypted with another master key: \(detail). Nothing was changed"
        case .notEncrypted:
            "The data in \(directory) is not encrypted, and cannot be encrypted in place: \(detail)"
        case .versionUnknown: "The data in \(directory) was written by a newer version: \(detail)"
        }
    }

    init(_ error: any Error, directory: String) {
        self.directory = directory
        switch error {
        case let error as StorageError:
            detail = error.description
            code =
                switch error.kind {
                case .locked: .directoryInUse
                case .corruption: .dataDamaged
                default: .directoryUnusable
                }
        case let error as DirectoryKeysError:
            switch error {
            case .keyMissing: (code, detail) = (.keyMissing, "")
            case .keyWrong(let id): (code, detail) = (.keyWrong, "it needs the key \(id)")
            case .notEncrypted:
                (code, detail) = (.notEncrypted, "back its tables up and restore them into a new directory")
            case .damaged(let what): (code, detail) = (.dataDamaged, what)
            }
        case let error as StoredDataError:
            detail = "the catalogue of tables is \(error)"
            code = error == .unknownVersion ? .versionUnknown : .dataDamaged
        default:
            detail = "\(error)"
            code = .directoryUnusable
        }
    }
}
