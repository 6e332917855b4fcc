import FoundationEssentials
package import Glibc

/// The machine as far as PostgreSQL's settings depend on it.
public struct Machine: Sendable, Equatable {
    /// Usable memory, in MiB: the machine's, or the container's limit where that is lower.
    public var memoryMiB: Int
    /// Where `memoryMiB` comes from, such as "this machine" or "the container's limit".
    public var memorySource: String
    /// Processors that this process may use.
    public var processors: Int

    /// A machine of this size, for advice about another one.
    public init(memoryMiB: Int, memorySource: String = "given", processors: Int) {
        self.memoryMiB = memoryMiB
        self.memorySource = memorySource
        self.processors = processors
    }

    /// This machine, read from `/proc` and the control group below `root`.
    public static func current(root: String = "") -> Machine {
        let total = Self.memoryTotal(Files.read(root + "/proc/meminfo") ?? "") ?? 1024
        let processors = ProcessInfo.processInfo.activeProcessorCount
        if let limit = Self.controlGroupLimit(root: root), limit < total {
            return Machine(memoryMiB: limit, memorySource: "the control group's limit", processors: processors)
        }
        return Machine(memoryMiB: total, memorySource: "this machine", processors: processors)
    }

    private static func memoryTotal(_ meminfo: String) -> Int? {
        for line in meminfo.split(separator: "\n") where line.hasPrefix("MemTotal:") {
            let fields = line.split(separator: " ")
            return fields.count > 1 ? Int(fields[1]).map { $0 / 1024 } : nil
        }
        return nil
    }

    /// The lowest limit on the way from this process's control group up to the root, in MiB; versions 2 and 1.
    private static func controlGroupLimit(root: String) -> Int? {
        var lowest: Int?
        for line in (Files.read(root + "/proc/self/cgroup") ?? "").split(separator: "\n") {
            let fields = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
            guard fields.count == 3 else { continue }
            let (base, file): (String, String)
            if fields[0] == "0" && fields[1].isEmpty {
                (base, file) = (root + "/sys/fs/cgroup", "memory.max")
            } else if fields[1].split(separator: ",").contains("memory") {
                (base, file) = (root + "/sys/fs/cgroup/memory", "memory.limit_in_bytes")
            } else {
                continue
            }
            var components = fields[2].split(separator: "/")
            while true {
                let path = ([base] + components.map(String.init) + [file]).joined(separator: "/")
                let text = Files.read(path)?.trimmingSuffix(while: \.isWhitespace)
                // Version 2 writes "max" for no limit; version 1 a number near 2^63, above any machine's memory.
                if let bytes = text.flatMap({ Int($0) }) { lowest = min(lowest ?? .max, bytes >> 20) }
                if components.popLast() == nil { break }
            }
        }
        return lowest
    }
}

extension StringProtocol {
    fileprivate func trimmingSuffix(while predicate: (Character) -> Bool) -> String {
        var text = self[...]
        while let last = text.last, predicate(last) { text = text.dropLast() }
        return String(text)
    }
}

/// The unprivileged account that PostgreSQL runs under when Miyabi is started as root, which PostgreSQL refuses to run as.
package struct ServiceAccount: Sendable, Equatable {
    package let name: String
    package let uid: uid_t
    package let gid: gid_t

    /// Nil when this process is not root: PostgreSQL then runs as the same user as Miyabi.
    package static func required() throws(OperationsError) -> ServiceAccount? {
        guard geteuid() == 0 else { return nil }
        guard let account = ServiceAccount(named: "postgres") else {
            throw OperationsError(
                .missingProgram, "PostgreSQL does not run as root, and there is no account 'postgres' to run it under",
                advice: "Debian's package creates the account: apt-get install postgresql-15\n"
                    + "Or run miyabi as an ordinary user.")
        }
        return account
    }

    /// Root, in the group of an account: what the account may read and not change.
    package static func root(withGroupOf account: ServiceAccount) -> ServiceAccount {
        ServiceAccount(name: "root", uid: 0, gid: account.gid)
    }

    private init(name: String, uid: uid_t, gid: gid_t) { (self.name, self.uid, self.gid) = (name, uid, gid) }

    package init?(named name: String) {
        var entry = passwd()
        var found: UnsafeMutablePointer<passwd>?
        var buffer = [CChar](repeating: 0, count: 16_384)
        guard getpwnam_r(name, &entry, &buffer, buffer.count, &found) == 0, found != nil else { return nil }
        self.name = name
        uid = entry.pw_uid
        gid = entry.pw_gid
    }
}
