import ArgumentParser
import DynamoDBEngine
import Foundation
import Glibc

/// A directory that lives in memory, for `miyabi dynamodb serve --in-memory`.
struct MemoryDirectory {
    let path: String

    private static let prefix = "miyabi-dynamodb-"

    /// Makes a directory on the system's memory file system; where there is none, among the temporary files.
    init() throws {
        let files = FileManager.default
        let parent = files.isWritableFile(atPath: "/dev/shm") ? "/dev/shm" : files.temporaryDirectory.path
        // A program that was killed could not remove its own.
        for name in try files.contentsOfDirectory(atPath: parent) where MemoryDirectory.isAbandoned(name) {
            try files.removeItem(atPath: "\(parent)/\(name)")
        }
        path = "\(parent)/\(MemoryDirectory.prefix)\(getpid())-\(UUID().uuidString)"
        try files.createDirectory(
            atPath: path, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    }

    func remove() throws {
        try FileManager.default.removeItem(atPath: path)
    }

    private static func isAbandoned(_ name: String) -> Bool {
        guard name.hasPrefix(prefix), let process = pid_t(name.dropFirst(prefix.count).prefix { $0 != "-" }) else {
            return false
        }
        // Another user's process cannot be signalled, but it exists.
        return kill(process, 0) != 0 && errno == ESRCH
    }
}

/// `--isolate`: what of a caller has tables of its own in the DynamoDB engine.
struct IsolationOption: ExpressibleByArgument {
    let kinds: Set<Isolation>

    /// A list such as `region,key`.
    init?(argument: String) {
        let kinds = argument.split(separator: ",", omittingEmptySubsequences: false).map {
            Isolation(rawValue: String($0))
        }
        guard !kinds.contains(nil) else { return nil }
        self.kinds = Set(kinds.compactMap(\.self))
    }

    /// The argument.
    var text: String { kinds.map(\.rawValue).sorted().joined(separator: ",") }

    static let help = ArgumentHelp(
        "Give each region, each access key, or each pair of both its own tables.",
        discussion: "One of: region; key; region,key. By default all callers share one set of tables.",
        valueName: "region,key")
}
